package io.sluice.sharing.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.internal.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

    private final boolean tellsVectorsToCome;

    /** @param tellsVectorsToCome whether deletion vectors count that no file has yet */
    DeltaLines(boolean tellsVectorsToCome) {
        this.tellsVectorsToCome = tellsVectorsToCome;
    }

    @Override
    public ObjectNode protocol(TableSnapshot snapshot, OptionalLong version) {
        ObjectNode line = Json.object();
        ObjectNode protocol = line.putObject("protocol");
        ObjectNode delta = protocol.putObject("deltaProtocol");
        boolean hasVectorsToCome = tellsVectorsToCome && snapshot.mayHideRows();
        if (snapshot.readerFeaturesInUse().isEmpty() && !hasVectorsToCome)
            delta.put("minReaderVersion", 1).put("minWriterVersion", 2);
        else
            for (String field : List.of("minReaderVersion", "minWriterVersion", "readerFeatures", "writerFeatures"))
                if (snapshot.protocol().hasNonNull(field))
                    delta.set(field, snapshot.protocol().get(field).deepCopy());
        version.ifPresent(at -> protocol.put("version", at));
        return line;
    }

    @Override
    public ObjectNode metadata(TableSnapshot snapshot, Told told) {
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
                    || told.hasChanges() && setting.getKey().equals(KEEPS_CHANGES))
                configuration.set(setting.getKey(), setting.getValue());
        told.write(metadata, snapshot);
        return line;
    }

    @Override
    public void writeFile(JsonGenerator out, SignedFile file, FileIdHash ids) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("file");
        out.writeStringField("id", ids.of(file.file().path()));
        if (file.vector().isPresent())
            out.writeStringField(
                    "deletionVectorFileId", ids.of(file.vector().get().path()));
        if (file.commit().isPresent()) file.commit().get().write(out);
        out.writeNumberField("expirationTimestamp", file.urlExpiresAt().toEpochMilli());
        out.writeObjectFieldStart("deltaSingleAction");
        out.writeObjectFieldStart(actionName(file.kind()));
        out.writeFieldName("path");
        file.file().writeUrl(out);
        file.action().writeFields(out);
        Optional<ObjectNode> vector = file.action().deletionVector();
        if (vector.isPresent()) out.writePOJOField("deletionVector", readdressed(vector.get(), file.vector()));
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
    }

    /** With the URL of its file, if it has one. */
    private static ObjectNode readdressed(ObjectNode vector, Optional<SignedPath> file) {
        return file.map(signed -> vector.deepCopy()
                        .put("storageType", "p")
                        .put("pathOrInlineDv", signed.url().toString()))
                .orElse(vector);
    }

    private static String actionName(Kind kind) {
        return switch (kind) {
            case FILE, ADD -> "add";
            case REMOVE -> "remove";
            case CDF -> "cdc";
        };
    }
}
