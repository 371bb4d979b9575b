package io.sluice.lake.iceberg;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** A table and its files in the words of a Delta log. */
final class TableWords {
    private final ObjectStore store;
    private final TableFolder folder;
    private final TableMetadata metadata;
    private final Schema schema;
    private final FieldNames names;
    private final PartitionColumns partition;
    private final Statistics statistics;

    /** @param manifests those with the files to be told of */
    TableWords(ObjectStore store, TableMetadata metadata, Schema schema, List<ManifestFile> manifests) {
        this.store = store;
        this.folder = new TableFolder(store);
        this.metadata = metadata;
        this.schema = schema;
        this.names = FieldNames.of(metadata, schema);
        if (names.areMapped() && metadata.properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING))
            throw Failure.unsupported(
                    "The Iceberg table at %s renamed columns, and may have files that know columns by name alone. "
                            + "Rewrite its data files, and remove its property %s.",
                    store.root(), TableProperties.DEFAULT_NAME_MAPPING);
        this.partition = PartitionColumns.of(metadata, schema, manifests, names);
        this.statistics = new Statistics(
                schema.columns().stream()
                        .filter(column -> !partition.contains(column))
                        .toList(),
                names);
    }

    /** Whether the files of a table that was read before are told as they would be now. */
    boolean areThoseOf(TableSnapshot known) {
        return known.metadata().get("configuration").equals(configuration())
                && known.partitionColumns().equals(partition.columnNames());
    }

    ObjectNode protocol() {
        boolean hasLocalTimes = TypeUtil.find(schema, type -> type.equals(Types.TimestampType.withoutZone())) != null;
        ObjectNode protocol = LogJson.MAPPER.createObjectNode();
        if (!hasLocalTimes)
            return names.areMapped()
                    ? protocol.put("minReaderVersion", 2).put("minWriterVersion", 5)
                    : protocol.put("minReaderVersion", 1).put("minWriterVersion", 2);
        List<String> features = new ArrayList<>(List.of("timestampNtz"));
        if (names.areMapped()) features.add(0, "columnMapping");
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.set("readerFeatures", LogJson.MAPPER.valueToTree(features));
        protocol.set("writerFeatures", LogJson.MAPPER.valueToTree(features));
        return protocol;
    }

    ObjectNode metadata() {
        ObjectNode told = LogJson.MAPPER.createObjectNode();
        told.put("id", metadata.uuid());
        told.putObject("format").put("provider", "parquet").putObject("options");
        told.put("schemaString", new IcebergTypes(store.root(), names).json(schema));
        ArrayNode columns = told.putArray("partitionColumns");
        partition.columnNames().forEach(columns::add);
        told.set("configuration", configuration());
        return told;
    }

    private ObjectNode configuration() {
        ObjectNode configuration = LogJson.MAPPER.createObjectNode();
        if (names.areMapped())
            configuration
                    .put("delta.columnMapping.mode", "id")
                    .put("delta.columnMapping.maxColumnId", Integer.toString(metadata.lastColumnId()));
        return configuration;
    }

    ObjectNode added(DataFile file, long addedMillis, boolean isDataChange) {
        requirePlainParquet(file);
        ObjectNode add = named(file);
        add.set("partitionValues", partition.values(file));
        add.set("size", LogJson.number(file.fileSizeInBytes()));
        add.set("modificationTime", LogJson.number(addedMillis));
        return add.put("dataChange", isDataChange).put("stats", statistics.of(file));
    }

    ObjectNode removed(DataFile file, long removedMillis, boolean isDataChange) {
        ObjectNode remove = named(file);
        // The last file of an old spec may know nothing of what has become a partition column by its removal.
        boolean isTold = partition.isToldBy(file);
        if (isTold) remove.set("partitionValues", partition.values(file));
        remove.set("size", LogJson.number(file.fileSizeInBytes()));
        return remove.put("dataChange", isDataChange)
                .put("deletionTimestamp", removedMillis)
                .put("extendedFileMetadata", isTold);
    }

    private ObjectNode named(DataFile file) {
        return LogJson.MAPPER.createObjectNode().put("path", folder.logPath(file.location()));
    }

    private void requirePlainParquet(DataFile file) {
        if (file.format() != FileFormat.PARQUET)
            throw Failure.unsupported(
                    "The Iceberg table at %s holds the file %s, which is %s. Rewrite its data files as Parquet.",
                    store.root(), file.location(), file.format());
        if (file.keyMetadata() != null)
            throw Failure.unsupported(
                    "The Iceberg table at %s holds the file %s, which Iceberg encrypted. Rewrite it without; a catalog "
                            + "with a key seals its tables by itself.",
                    store.root(), file.location());
    }
}
