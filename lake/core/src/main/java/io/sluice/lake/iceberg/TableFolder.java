package io.sluice.lake.iceberg;

import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.PartitionPaths;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a table's files are. Iceberg writes places down whole and as they are, without escapes; a store knows its
 * objects by key, and a log by percent-encoded paths.
 */
final class TableFolder {
    /** Names that engines have for one service. */
    private static final Map<String, String> SERVICES = Map.of(
            "s3a", "s3",
            "s3n", "s3",
            "abfs", "abfss",
            "wasb", "abfss",
            "wasbs", "abfss");

    private final ObjectStore store;
    private final String root;

    TableFolder(ObjectStore store) {
        this.store = store;
        URI uri = store.root();
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        this.root = normalised(uri.getScheme() + "://" + authority + uri.getPath()) + "/";
    }

    /** The root as Iceberg spells places. */
    String location() {
        return root.substring(0, root.length() - 1);
    }

    /** The key of a file that the table cannot do without. */
    String key(String location) {
        return find(location)
                .orElseThrow(() -> Failure.unsupported(
                        "The Iceberg table at %s keeps its metadata in the file %s, outside of its folder. Copy the "
                                + "table, or register the folder that holds all of it.",
                        store.root(), location));
    }

    /** A data file as a log names it: relative and percent-encoded, or whole where it lies outside of the folder. */
    String logPath(String location) {
        return find(location).map(PartitionPaths::uriPath).orElseGet(() -> {
            int path = location.indexOf('/', location.indexOf("://") + 3);
            return location.contains("://") && path > 0
                    ? location.substring(0, path) + PartitionPaths.uriPath(location.substring(path))
                    : "file:///" + PartitionPaths.uriPath(location).replaceFirst("^/+", "");
        });
    }

    private Optional<String> find(String location) {
        String whole = normalised(location);
        return whole.startsWith(root) ? Optional.of(whole.substring(root.length())) : Optional.empty();
    }

    private static String normalised(String location) {
        int colon = location.indexOf(":/");
        String scheme = colon < 0 ? "file" : location.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = location.substring(colon < 0 ? 0 : colon + 1);
        if (scheme.equals("file"))
            return "file:///" + rest.replaceFirst("^//localhost(?=/)", "").replaceFirst("^/+", "");
        String service = SERVICES.getOrDefault(scheme, scheme);
        return service + ":" + (service.equals("abfss") ? rest.replace(".blob.core.", ".dfs.core.") : rest);
    }
}
