package io.sluice.sharing.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.SharedPartitions.Condition;
import io.sluice.sharing.share.SharedPartitions.Nothing;
import io.sluice.sharing.share.SharedPartitions.Operation;
import io.sluice.sharing.share.SharedPartitions.RecipientProperty;
import io.sluice.sharing.share.SharedPartitions.Text;
import io.sluice.sharing.share.SharedPartitions.Wanted;
import java.util.ArrayList;
import java.util.List;

/** Partitions as they are stored, which is as the management API spells them. */
public final class PartitionsCodec {
    private PartitionsCodec() {}

    public static ArrayNode json(SharedPartitions partitions) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (List<Condition> conditions : partitions.alternatives()) {
            ArrayNode values = json.addObject().putArray("values");
            for (Condition condition : conditions) write(values.addObject(), condition);
        }
        return json;
    }

    /** Requires: made by {@link #json}. */
    static SharedPartitions read(String json) {
        List<List<Condition>> alternatives = new ArrayList<>();
        for (JsonNode partition : Json.stored(json)) {
            List<Condition> conditions = new ArrayList<>();
            for (JsonNode value : partition.path("values"))
                conditions.add(new Condition(
                        value.path("name").asText(),
                        Operation.valueOf(value.path("op").asText()),
                        wanted(value)));
            alternatives.add(conditions);
        }
        return new SharedPartitions(alternatives);
    }

    private static void write(ObjectNode json, Condition condition) {
        json.put("name", condition.column()).put("op", condition.operation().name());
        if (condition.wanted() instanceof Text value) json.put("value", value.text());
        if (condition.wanted() instanceof RecipientProperty property)
            json.put("recipient_property_key", property.key());
    }

    private static Wanted wanted(JsonNode value) {
        if (value.has("recipient_property_key"))
            return new RecipientProperty(value.path("recipient_property_key").asText());
        return value.has("value") ? new Text(value.path("value").asText()) : new Nothing();
    }
}
