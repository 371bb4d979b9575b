package io.sluice.lake.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a reader of a table's files has to know beside Parquet. A feature that is allowed but not in use needs no
 * knowledge, so old readers get on with most tables that could use deletion vectors or map their columns.
 */
final class ReaderFeatures {
    private static final int HIGHEST_VERSION = 3;
    private static final String DELETION_VECTORS = "deletionVectors";
    static final String COLUMN_MAPPING = "columnMapping";

    /** They change how a log or a vacuum is done, not what is in the files. */
    private static final Set<String> OF_THE_LOG = Set.of("v2Checkpoint", "vacuumProtocolCheck", "catalogManaged");

    private ReaderFeatures() {}

    static Set<String> inUse(TableSnapshot snapshot) {
        Set<String> used = new TreeSet<>();
        int version = snapshot.protocol().path("minReaderVersion").asInt(1);
        if (version > HIGHEST_VERSION) used.add("readerVersion" + version);
        if (version >= 2 && mapsColumns(snapshot.metadata())) used.add(COLUMN_MAPPING);
        if (snapshot.files().hidesRows()) used.add(DELETION_VECTORS);
        for (JsonNode listed : snapshot.protocol().path("readerFeatures")) {
            String feature = listed.asText();
            boolean isSeenInUse = feature.equals(DELETION_VECTORS) || feature.equals(COLUMN_MAPPING);
            if (!isSeenInUse && !OF_THE_LOG.contains(feature)) used.add(feature);
        }
        return used;
    }

    private static boolean mapsColumns(JsonNode metadata) {
        return !metadata.path("configuration")
                .path("delta.columnMapping.mode")
                .asText("none")
                .equals("none");
    }
}
