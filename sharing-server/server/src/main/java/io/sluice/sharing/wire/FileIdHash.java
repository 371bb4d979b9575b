package io.sluice.sharing.wire;

import io.sluice.sharing.internal.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What files are called for ever, whatever their URLs are today. For one thread. */
public final class FileIdHash {
    private final MessageDigest digest;

    public FileIdHash(Capabilities.FileIds scheme) {
        this.digest = Digests.begin(
                switch (scheme) {
                    case PARQUET -> "MD5";
                    case DELTA -> "SHA-256";
                });
    }

    String of(String path) {
        return HexFormat.of().formatHex(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    }
}
