package io.sluice.lake.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A live file as its table's index keeps it. A view: cheap to make, and nothing is decoded that is not asked for. */
public final class IndexedFile {
    private final FileSegment segment;
    private final int row;

    IndexedFile(FileSegment segment, int row) {
        this.segment = segment;
        this.row = row;
    }

    /** As in the log: relative to the table's root and percent-encoded, or absolute. */
    public String path() {
        return pathText().toString();
    }

    Utf8 pathText() {
        return segment.path(row);
    }

    boolean isAbsolute() {
        return pathText().isAbsolutePath();
    }

    public long size() {
        return segment.size(row);
    }

    public long modifiedMillis() {
        return segment.modifiedMillis(row);
    }

    public PartitionValues partitionValues() {
        return segment.partitionValues(row);
    }

    /** The JSON text that the log keeps as a text. */
    public Utf8 statistics() {
        return segment.statistics(row);
    }

    public boolean hasOtherFields() {
        return !otherFieldsText().isEmpty();
    }

    Utf8 otherFieldsText() {
        return segment.otherFields(row);
    }

    /** Fields of the action that few files have, such as {@code deletionVector}. */
    public ObjectNode otherFields() {
        Utf8 json = otherFieldsText();
        try {
            return json.isEmpty()
                    ? LogJson.MAPPER.createObjectNode()
                    : (ObjectNode) LogJson.MAPPER.readTree(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the index holds what is not JSON", e);
        }
    }

    public Optional<String> deletionVector() {
        return hasOtherFields() ? DataFile.vectorId(otherFields()) : Optional.empty();
    }

    /** The {@code add} action. */
    public ObjectNode action() {
        ObjectNode add = LogJson.MAPPER.createObjectNode();
        add.put("path", path());
        add.set("partitionValues", partitionValues().toJson());
        add.set("size", LogJson.number(size()));
        add.set("modificationTime", LogJson.number(modifiedMillis()));
        add.put("dataChange", true);
        add.setAll(otherFields());
        if (!statistics().isEmpty()) add.put("stats", statistics().toString());
        return add;
    }
}
