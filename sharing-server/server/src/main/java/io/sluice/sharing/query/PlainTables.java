package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.util.Set;

/**
 * Refuses tables that the parquet format cannot tell truly: its readers know neither deletion vectors (they would see
 * deleted rows) nor column mapping (they would see no values). A feature that is allowed but not in use does no harm.
 */
final class PlainTables {
    private static final int FEATURES_VERSION = 3;
    private static final String DELETION_VECTORS = "deletionVectors";
    private static final String COLUMN_MAPPING = "columnMapping";

    /** They change how a log or a vacuum is done, not what is in the files. */
    private static final Set<String> HARMLESS = Set.of("v2Checkpoint", "vacuumProtocolCheck");

    private PlainTables() {}

    static void require(TableAddress address, TableSnapshot snapshot) {
        int version = snapshot.protocol().path("minReaderVersion").asInt(1);
        if (version > FEATURES_VERSION) throw needs(address, "reader version " + version);
        if (version >= 2 && usesColumnMapping(snapshot.metadata())) throw needs(address, COLUMN_MAPPING);
        if (snapshot.files().stream().anyMatch(file -> file.deletionVector().isPresent()))
            throw needs(address, DELETION_VECTORS);
        for (JsonNode feature : snapshot.protocol().path("readerFeatures"))
            if (!isHarmless(feature.asText())) throw needs(address, feature.asText());
    }

    private static boolean isHarmless(String feature) {
        return HARMLESS.contains(feature) || feature.equals(DELETION_VECTORS) || feature.equals(COLUMN_MAPPING);
    }

    private static boolean usesColumnMapping(ObjectNode metadata) {
        String mode =
                metadata.path("configuration").path("delta.columnMapping.mode").asText("none");
        return !mode.equals("none");
    }

    private static Failure needs(TableAddress address, String feature) {
        return Failure.unsupported(
                "Table \"%s\" needs readers that know %s. Such tables are shared in delta format only, which is not "
                        + "served yet. Ask the provider for a copy without it (REORG TABLE … APPLY (PURGE), or a clone).",
                address, feature);
    }
}
