package io.sluice.lake.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table at a version: its protocol and metadata as the log spells them, and its live files.
 *
 * @param storedAt when the log's last commit was written, as the store tells
 * @param protocol the {@code protocol} action
 * @param metadata the {@code metaData} action
 */
public record TableSnapshot(long version, Instant storedAt, ObjectNode protocol, ObjectNode metadata, FileIndex files) {
    public TableSnapshot(
            long version, Instant storedAt, ObjectNode protocol, ObjectNode metadata, List<DataFile> files) {
        this(version, storedAt, protocol, metadata, FileIndex.of(files));
    }

    /** The table's own, which its log tells. */
    public String id() {
        return metadata.path("id").asText();
    }

    public List<String> partitionColumns() {
        return java.util.stream.StreamSupport.stream(
                        metadata.path("partitionColumns").spliterator(), false)
                .map(column -> column.asText())
                .toList();
    }

    /** By the names that people use, what the log calls the columns: another name where columns are mapped. */
    public Map<String, String> physicalPartitionColumns() {
        Map<String, String> names = new LinkedHashMap<>();
        for (String column : partitionColumns()) names.put(column, column);
        if (!readerFeaturesInUse().contains(ReaderFeatures.COLUMN_MAPPING)) return names;
        for (JsonNode field :
                LogJson.parsed(metadata.path("schemaString").asText()).path("fields"))
            names.computeIfPresent(
                    field.path("name").asText(),
                    (name, same) -> field.path("metadata")
                            .path("delta.columnMapping.physicalName")
                            .asText(same));
        return names;
    }

    /** The same version with the files of some partitions only. */
    public TableSnapshot ofPartitions(Predicate<PartitionValues> wanted) {
        return new TableSnapshot(version, storedAt, protocol, metadata, files.ofPartitions(wanted));
    }

    /** Whether each commit also tells which rows it changed. */
    public boolean keepsChanges() {
        return metadata.path("configuration")
                .path("delta.enableChangeDataFeed")
                .asText()
                .equalsIgnoreCase("true");
    }

    /** Whether files of some version may have rows that are deleted. */
    public boolean mayHideRows() {
        for (JsonNode feature : protocol.path("readerFeatures"))
            if (feature.asText().equals("deletionVectors")) return true;
        return false;
    }

    /** See {@link ReaderFeatures}. */
    public Set<String> readerFeaturesInUse() {
        return ReaderFeatures.inUse(this);
    }

    public long bytes() {
        return files.bytes();
    }
}
