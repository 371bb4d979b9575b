package io.sluice.replica.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which tables can be squashed without changing what they mean. Kernel has refused reader features that it does not
 * know by the time a snapshot stands; here are the features that a net commit of ours would break. They are refused,
 * never stripped.
 */
final class SquashSupport {
    private static final Set<String> KEPT = Set.of(
            "appendOnly",
            "invariants",
            "checkConstraints",
            "changeDataFeed",
            "generatedColumns",
            "allowColumnDefaults",
            "columnMapping",
            "deletionVectors",
            "timestampNtz",
            "typeWidening",
            "typeWidening-preview",
            "variantType",
            "variantType-preview",
            "v2Checkpoint",
            "vacuumProtocolCheck");

    private SquashSupport() {}

    static void check(ObjectNode protocol) {
        List<String> refused = new ArrayList<>();
        for (String list : List.of("readerFeatures", "writerFeatures"))
            for (JsonNode feature : protocol.path(list))
                if (!KEPT.contains(feature.asText()) && !refused.contains(feature.asText()))
                    refused.add(feature.asText());
        if (!refused.isEmpty())
            throw Failure.unsupported(
                    "The source uses the table feature(s) %s, which a squash replica cannot keep. "
                            + "Drop them at the source (ALTER TABLE … DROP FEATURE), or read the source itself.",
                    String.join(", ", refused));
    }
}
