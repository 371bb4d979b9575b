package io.sluice.cli.setting;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file that holds one secret. What others can read is no secret and is refused. */
public final class SecretFile {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    public static String read(Path file) {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && !OWNERS.containsAll(view.readAttributes().permissions()))
                throw CommandFailure.usage("Others may read %s. Make it yours alone: chmod 600 %s", file, file);
            return Settings.checkedToken(Files.readString(file).strip());
        } catch (IOException e) {
            throw new CommandFailure(
                    Exit.FAILURE, "The file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
