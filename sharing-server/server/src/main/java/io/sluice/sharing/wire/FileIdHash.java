package io.sluice.sharing.wire;

import io.sluice.sharing.internal.Digests;

/** What a file is called for ever, whatever its URL is today. */
final class FileIdHash {
    private FileIdHash() {}

    static String of(String path, Capabilities.FileIds scheme) {
        return switch (scheme) {
            case PARQUET -> Digests.md5(path);
            case DELTA -> Digests.sha256(path);
        };
    }
}
