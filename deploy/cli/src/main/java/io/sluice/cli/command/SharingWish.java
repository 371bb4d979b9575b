package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a table recipients get. */
final class SharingWish {
    @Option(
            names = "--as",
            paramLabel = "SCHEMA[.NAME]",
            description = "What recipients call it. Default: its own schema and name.")
    private @Nullable String sharedAs;

    @Option(
            names = "--history",
            negatable = true,
            description = "Whether recipients read old versions too, and follow changes of its files.")
    private @Nullable Boolean history;

    @Option(names = "--cdf", negatable = true, description = "Whether they read the change data feed too.")
    private @Nullable Boolean changes;

    @Option(
            names = "--start-version",
            paramLabel = "VERSION",
            description = "The oldest version that they reach. Default: the one at which its history is first shared.")
    private @Nullable Long startVersion;

    @Option(
            names = "--partition",
            paramLabel = "COLUMN=VALUE[,...]",
            description = {
                "Share only such partitions; several options are alternatives.",
                "COLUMN=@KEY stands for the recipient's property KEY, COLUMN~PATTERN for LIKE, and COLUMN= for none."
            })
    private @Nullable List<String> partitions;

    /** @param isTable rather than a whole schema, a volume or a model */
    ObjectNode addTo(ObjectNode object, boolean isTable) {
        if (sharedAs != null) object.put(isTable ? "shared_as" : "string_shared_as", sharedAs);
        if (history != null) object.put("history_data_sharing_status", history ? "ENABLED" : "DISABLED");
        if (changes != null) object.put("cdf_enabled", changes);
        if (startVersion != null) object.put("start_version", startVersion);
        if (partitions != null) {
            ArrayNode alternatives = object.putArray("partitions");
            for (String partition : partitions) alternatives.addObject().set("values", values(partition));
        }
        return object;
    }

    private static ArrayNode values(String partition) {
        ArrayNode values = Json.array();
        for (String condition : partition.split(",", -1)) values.add(value(condition));
        return values;
    }

    private static ObjectNode value(String condition) {
        int at = 0;
        while (at < condition.length() && condition.charAt(at) != '=' && condition.charAt(at) != '~') at++;
        if (at == 0 || at == condition.length())
            throw CommandFailure.usage("A partition is COLUMN=VALUE or COLUMN~PATTERN, not \"%s\".", condition);
        boolean isPattern = condition.charAt(at) == '~';
        String wanted = condition.substring(at + 1);
        ObjectNode value =
                Json.object().put("name", condition.substring(0, at)).put("op", isPattern ? "LIKE" : "EQUAL");
        if (!isPattern && wanted.startsWith("@")) value.put("recipient_property_key", wanted.substring(1));
        else if (!wanted.isEmpty()) value.put("value", wanted);
        return value;
    }
}
