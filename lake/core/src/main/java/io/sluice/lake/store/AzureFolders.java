package io.sluice.lake.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How accounts with a hierarchical namespace show folders to whoever asks for blobs. */
final class AzureFolders {
    private AzureFolders() {}

    static boolean isFolder(@Nullable Map<String, String> metadata) {
        if (metadata == null) return false;
        return metadata.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().equalsIgnoreCase("hdi_isfolder") && "true".equalsIgnoreCase(entry.getValue()));
    }
}
