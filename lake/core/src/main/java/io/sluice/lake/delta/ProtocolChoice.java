package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.LogJson;
import io.sluice.model.failure.Failure;
import java.util.Map;
import java.util.Set;

/** The lowest protocol that the table's properties need, so that the oldest readers can follow. */
final class ProtocolChoice {
    /** Properties that switch on features which our files and commits would not honour. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "delta.columnMapping.mode",
            "delta.enableRowTracking",
            "delta.enableInCommitTimestamps",
            "delta.enableTypeWidening",
            "delta.enableIcebergCompatV1",
            "delta.enableIcebergCompatV2",
            "delta.minReaderVersion",
            "delta.minWriterVersion");

    private ProtocolChoice() {}

    static ObjectNode protocol(Map<String, String> properties) {
        properties.keySet().forEach(ProtocolChoice::check);
        boolean vectors = isOn(properties, TableAuthor.DELETION_VECTORS);
        boolean feed = isOn(properties, TableAuthor.CHANGE_DATA_FEED);
        ObjectNode protocol = LogJson.MAPPER.createObjectNode();
        if (vectors) return action(withFeatures(protocol, feed));
        protocol.put("minReaderVersion", 1).put("minWriterVersion", feed ? 4 : 2);
        return action(protocol);
    }

    private static ObjectNode withFeatures(ObjectNode protocol, boolean feed) {
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.putArray("readerFeatures").add("deletionVectors");
        ArrayNode writer = protocol.putArray("writerFeatures");
        writer.add("deletionVectors").add("appendOnly").add("invariants");
        if (feed) writer.add("changeDataFeed");
        return protocol;
    }

    private static ObjectNode action(ObjectNode protocol) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set("protocol", protocol);
        return action;
    }

    private static boolean isOn(Map<String, String> properties, String name) {
        return Boolean.parseBoolean(properties.get(name));
    }

    private static void check(String property) {
        if (NOT_WRITTEN.contains(property) || property.startsWith("delta.constraints."))
            throw Failure.unsupported(
                    "The table property %s asks for a feature that is not written here. Leave it out, or create the "
                            + "table with another engine.",
                    property);
    }
}
