package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.internal.Json;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The lines of an answer in delta format: actions of the table's log, with URLs where it has paths. */
final class DeltaLines implements TableLines {
    /** What a reader of the files has to know; the rest of a table's configuration is its owner's business. */
    private static final Set<String> READERS_CONFIGURATION = Set.of(
            "delta.columnMapping.mode",
            "delta.columnMapping.maxColumnId",
            "delta.enableDeletionVectors",
            "delta.enableTypeWidening");

    private static final String KEEPS_CHANGES = "delta.enableChangeDataFeed";

    @Override
    public ObjectNode protocol(TableSnapshot snapshot, OptionalLong version) {
        ObjectNode line = Json.object();
        ObjectNode protocol = line.putObject("protocol");
        ObjectNode delta = protocol.putObject("deltaProtocol");
        if (snapshot.readerFeaturesInUse().isEmpty())
            delta.put("minReaderVersion", 1).put("minWriterVersion", 2);
        else
            for (String field : List.of("minReaderVersion", "minWriterVersion", "readerFeatures", "writerFeatures"))
                if (snapshot.protocol().hasNonNull(field))
                    delta.set(field, snapshot.protocol().get(field).deepCopy());
        version.ifPresent(at -> protocol.put("version", at));
        return line;
    }

    @Override
    public ObjectNode metadata(TableSnapshot snapshot, OptionalLong version, boolean withChanges) {
        ObjectNode line = Json.object();
        ObjectNode metadata = line.putObject("metaData");
        ObjectNode delta = metadata.putObject("deltaMetadata");
        for (String field : List.of("id", "name", "description", "schemaString", "createdTime"))
            if (snapshot.metadata().hasNonNull(field))
                delta.set(field, snapshot.metadata().get(field).deepCopy());
        delta.putObject("format").put("provider", "parquet").putObject("options");
        ArrayNode columns = delta.putArray("partitionColumns");
        snapshot.partitionColumns().forEach(columns::add);
        ObjectNode configuration = delta.putObject("configuration");
        for (var setting : snapshot.metadata().path("configuration").properties())
            if (READERS_CONFIGURATION.contains(setting.getKey())
                    || withChanges && setting.getKey().equals(KEEPS_CHANGES))
                configuration.set(setting.getKey(), setting.getValue());
        version.ifPresent(at -> metadata.put("version", at));
        metadata.put("size", snapshot.bytes());
        metadata.put("numFiles", snapshot.files().size());
        return line;
    }

    @Override
    public ObjectNode file(SignedFile file, Capabilities.FileIds ids) {
        ObjectNode line = Json.object();
        ObjectNode wire = line.putObject("file");
        wire.put("id", FileIdHash.of(file.file().path(), ids));
        file.vector().ifPresent(vector -> wire.put("deletionVectorFileId", FileIdHash.of(vector.path(), ids)));
        file.commit()
                .ifPresent(commit -> wire.put("version", commit.version()).put("timestamp", commit.timestampMillis()));
        wire.put("expirationTimestamp", file.urlExpiresAt().toEpochMilli());
        ObjectNode action = wire.putObject("deltaSingleAction").putObject(actionName(file.kind()));
        action.put("path", file.file().url());
        for (var field : file.action().properties())
            if (!field.getKey().equals("path") && !field.getValue().isNull())
                action.set(field.getKey(), field.getValue().deepCopy());
        file.vector().ifPresent(vector -> readdress(action.path("deletionVector"), vector.url()));
        return line;
    }

    private static void readdress(JsonNode vector, String url) {
        if (vector instanceof ObjectNode object) object.put("storageType", "p").put("pathOrInlineDv", url);
    }

    private static String actionName(Kind kind) {
        return switch (kind) {
            case FILE, ADD -> "add";
            case REMOVE -> "remove";
            case CDF -> "cdc";
        };
    }
}
