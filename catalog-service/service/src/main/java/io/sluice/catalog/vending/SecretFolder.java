package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The operator's secrets, a file each, named by whom it belongs to. Read when one is needed, so that a renewed secret
 * needs no new start and none stays in memory.
 */
final class SecretFolder {
    private final Optional<Path> folder;

    SecretFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Requires: the name leads to no other folder. */
    String read(String name) {
        Path file = folder.orElseThrow(() -> Failure.invalid(
                        "This server has no folder of secrets, so it has none for %s. Set sluice.vending.secrets, and put"
                                + " the secret into a file of that name.",
                        name))
                .resolve(name);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.invalid(
                    "This server has no secret for %s. Put it into a file of that name in the folder that"
                            + " sluice.vending.secrets names, readable by the server alone.",
                    name);
        }
    }
}
