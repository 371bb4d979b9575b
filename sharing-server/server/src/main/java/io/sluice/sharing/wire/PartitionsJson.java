package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedPartitions.Condition;
import io.sluice.sharing.share.SharedPartitions.Nothing;
import io.sluice.sharing.share.SharedPartitions.Operation;
import io.sluice.sharing.share.SharedPartitions.RecipientProperty;
import io.sluice.sharing.share.SharedPartitions.Text;
import io.sluice.sharing.share.SharedPartitions.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Partitions of a shared table, as the hosted management API gets them. */
final class PartitionsJson {
    private PartitionsJson() {}

    /** @param partitions a list of objects, each with {@code values} */
    static SharedPartitions read(List<ObjectNode> partitions) {
        List<List<Condition>> alternatives = new ArrayList<>();
        for (ObjectNode partition : partitions)
            alternatives.add(
                    ManagementBody.of("the partition", partition, Set.of("values"), Set.of()).objects("values").stream()
                            .map(PartitionsJson::condition)
                            .toList());
        return new SharedPartitions(alternatives);
    }

    private static Condition condition(ObjectNode json) {
        ManagementBody value = ManagementBody.of(
                "the partition's value", json, Set.of("name", "op", "value", "recipient_property_key"), Set.of());
        return new Condition(value.requiredText("name"), operation(value.requiredText("op")), wanted(value));
    }

    private static Operation operation(String name) {
        return switch (name) {
            case "EQUAL" -> Operation.EQUAL;
            case "LIKE" -> Operation.LIKE;
            default -> throw Failure.invalid("The op of the partition's value is \"%s\". Use EQUAL or LIKE.", name);
        };
    }

    private static Wanted wanted(ManagementBody value) {
        if (value.has("value") && value.has("recipient_property_key"))
            throw Failure.invalid("The partition's value has a value and a recipient_property_key. Give one of them.");
        return value.text("recipient_property_key")
                .<Wanted>map(RecipientProperty::new)
                .or(() -> value.text("value").map(Text::new))
                .orElseGet(Nothing::new);
    }
}
