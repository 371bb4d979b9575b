package io.sluice.server.wiring;

import io.sluice.server.launch.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What URLs and tokens of ours are signed with. Kept in a file, so that they survive a restart. */
final class UrlSecret {
    private static final int BYTES = 32;

    private UrlSecret() {}

    /** Makes it first, if there is none. */
    static byte[] read(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[BYTES];
                new SecureRandom().nextBytes(secret);
                PrivateFiles.write(file, HexFormat.of().formatHex(secret));
            }
            return HexFormat.of().parseHex(Files.readString(file).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
