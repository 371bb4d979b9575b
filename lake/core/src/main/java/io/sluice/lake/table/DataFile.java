package io.sluice.lake.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A live file of a table. Identity is the path together with the deletion vector: the same path with another vector
 * is another state of the file.
 *
 * @param path as in the log: relative to the table's root and percent-encoded, or absolute
 * @param deletionVector unique id of the vector, as the log forms it; empty when no row is deleted
 * @param add the {@code add} action with every field the table format defines, statistics and vector included; fields
 *     that kernel does not know are kept by {@link TableLog#changes} only
 */
public record DataFile(String path, long size, Optional<String> deletionVector, ObjectNode add) {
    public static DataFile of(ObjectNode add) {
        return new DataFile(add.path("path").asText(), add.path("size").asLong(), vectorId(add), add);
    }

    public PartitionValues partitionValues() {
        return add.get("partitionValues") instanceof ObjectNode values
                ? PartitionValues.of(values)
                : PartitionValues.NONE;
    }

    /** @param action an {@code add} or a {@code remove} */
    static Optional<String> vectorId(ObjectNode action) {
        JsonNode vector = action.path("deletionVector");
        if (!vector.isObject()) return Optional.empty();
        String place = vector.path("storageType").asText()
                + vector.path("pathOrInlineDv").asText();
        return Optional.of(
                vector.hasNonNull("offset")
                        ? place + "@" + vector.path("offset").asLong()
                        : place);
    }
}
