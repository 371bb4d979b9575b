package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the first commit of a table whose versions the catalog gives out must bring with it. Told with each staging
 * table and checked when the table is made, from the same lists.
 */
public final class ManagedContract {
    /** Binds the table in the files to the one in the catalog. */
    public static final String TABLE_ID = "io.unitycatalog.tableId";

    public static final DeltaProtocol REQUIRED = new DeltaProtocol(
            3,
            7,
            List.of("catalogManaged", "deletionVectors", "v2Checkpoint", "vacuumProtocolCheck"),
            List.of("catalogManaged", "deletionVectors", "inCommitTimestamp", "v2Checkpoint", "vacuumProtocolCheck"));

    public static final List<String> SUGGESTED_READER_FEATURES = List.of("columnMapping");
    public static final List<String> SUGGESTED_WRITER_FEATURES =
            List.of("columnMapping", "domainMetadata", "rowTracking");

    private static final Map<String, String> REQUIRED_PROPERTIES = Map.of(
            "delta.checkpointPolicy", "v2",
            "delta.enableDeletionVectors", "true",
            "delta.enableInCommitTimestamps", "true",
            "delta.checkpoint.writeStatsAsStruct", "true",
            "delta.checkpoint.writeStatsAsJson", "true");

    private ManagedContract() {}

    public static Map<String, String> requiredProperties(String tableId) {
        Map<String, String> all = new TreeMap<>(REQUIRED_PROPERTIES);
        all.put(TABLE_ID, tableId);
        return all;
    }

    /** A null stands for a value that the writer makes up. */
    public static Map<String, @Nullable String> suggestedProperties() {
        Map<String, @Nullable String> all = new TreeMap<>();
        all.put("delta.columnMapping.mode", "name");
        all.put("delta.columnMapping.maxColumnId", null);
        all.put("delta.enableRowTracking", "true");
        all.put("delta.rowTracking.materializedRowIdColumnName", null);
        all.put("delta.rowTracking.materializedRowCommitVersionColumnName", null);
        all.put("delta.randomizeFilePrefixes", "true");
        all.put("delta.parquet.compression.codec", "zstd");
        return Collections.unmodifiableMap(all);
    }

    /** Throws when the protocol or the properties would make a table that the catalog cannot manage. */
    public static void require(DeltaProtocol protocol, Map<String, String> properties) {
        protocol.requireAtLeast(REQUIRED);
        REQUIRED_PROPERTIES.forEach((name, value) -> {
            if (!value.equals(properties.get(name)))
                throw Failure.invalid(
                        "The property %s of a managed table must be \"%s\", but is %s. Set it in the first commit.",
                        name, value, properties.containsKey(name) ? "\"" + properties.get(name) + "\"" : "missing");
        });
        if (!properties.containsKey(TABLE_ID))
            throw Failure.invalid(
                    "A managed table must have the property %s. Set it to the id of the staging table.", TABLE_ID);
    }

    /** Throws when the properties name another table than this one. */
    public static void requireOwnId(Map<String, String> properties, String tableId) {
        String named = properties.get(TABLE_ID);
        if (named != null && !named.equals(tableId))
            throw Failure.invalid(
                    "The property %s is \"%s\", but the table has the id %s. Leave it as the catalog gave it out.",
                    TABLE_ID, named, tableId);
    }
}
