package io.sluice.sharing.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.VectorFiles;
import io.sluice.lake.table.IndexedFile;
import io.sluice.lake.table.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a table's log says of a file, in whichever form it is at hand. */
public sealed interface FileAction {
    /** As in the log. */
    String path();

    long size();

    /** The JSON text that the log keeps as a text; empty if there is none. */
    Utf8 statistics();

    Optional<ObjectNode> deletionVector();

    /** An object, as a value. */
    void writePartitionValues(JsonGenerator out) throws IOException;

    /** Every field that has a value, but the path and the deletion vector. */
    void writeFields(JsonGenerator out) throws IOException;

    /** The file of the deletion vector, if there is one and it does not stand in the action itself. */
    default Optional<String> vectorPath() {
        return deletionVector().flatMap(VectorFiles::path);
    }

    /** A live file of a snapshot. */
    record Indexed(IndexedFile file) implements FileAction {
        private static final String DELETION_VECTOR = "deletionVector";

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public Utf8 statistics() {
            return file.statistics();
        }

        @Override
        public Optional<ObjectNode> deletionVector() {
            return file.hasOtherFields() && file.otherFields().get(DELETION_VECTOR) instanceof ObjectNode vector
                    ? Optional.of(vector)
                    : Optional.empty();
        }

        @Override
        public void writePartitionValues(JsonGenerator out) throws IOException {
            out.writeRawValue(file.partitionValues().json());
        }

        @Override
        public void writeFields(JsonGenerator out) throws IOException {
            out.writeFieldName("partitionValues");
            writePartitionValues(out);
            out.writeNumberField("size", file.size());
            out.writeNumberField("modificationTime", file.modifiedMillis());
            out.writeBooleanField("dataChange", true);
            if (file.hasOtherFields())
                for (var field : file.otherFields().properties())
                    if (!field.getKey().equals(DELETION_VECTOR)) out.writePOJOField(field.getKey(), field.getValue());
            if (!statistics().isEmpty()) {
                out.writeFieldName("stats");
                out.writeUTF8String(
                        statistics().bytes(), statistics().from(), statistics().length());
            }
        }
    }

    /** An action of a commit. */
    record Logged(ObjectNode action) implements FileAction {
        @Override
        public String path() {
            return action.path("path").asText();
        }

        @Override
        public long size() {
            return action.path("size").asLong();
        }

        @Override
        public Utf8 statistics() {
            byte[] text = action.path("stats").asText("").getBytes(StandardCharsets.UTF_8);
            return new Utf8(text, 0, text.length);
        }

        @Override
        public Optional<ObjectNode> deletionVector() {
            return action.get("deletionVector") instanceof ObjectNode vector ? Optional.of(vector) : Optional.empty();
        }

        @Override
        public void writePartitionValues(JsonGenerator out) throws IOException {
            if (action.get("partitionValues") instanceof ObjectNode values) out.writeTree(values);
            else out.writeRawValue("{}");
        }

        @Override
        public void writeFields(JsonGenerator out) throws IOException {
            for (var field : action.properties()) {
                boolean isAddress =
                        field.getKey().equals("path") || field.getKey().equals("deletionVector");
                if (!isAddress && !field.getValue().isNull()) out.writePOJOField(field.getKey(), field.getValue());
            }
        }
    }
}
