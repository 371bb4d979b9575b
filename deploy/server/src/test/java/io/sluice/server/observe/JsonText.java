package io.sluice.server.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** JSON for people who read differences: what fits on a line stands on one. */
final class JsonText {
    private static final int WIDTH = 120;

    private JsonText() {}

    static String of(JsonNode node) {
        return write(node, "") + "\n";
    }

    private static String write(JsonNode node, String indent) {
        String line = node.toString();
        if (!node.isContainerNode() || indent.length() + line.length() <= WIDTH) return line;
        String deeper = indent + "  ";
        List<String> items = new ArrayList<>();
        if (node.isArray()) for (JsonNode item : node) items.add(write(item, deeper));
        else
            node.properties()
                    .forEach(field ->
                            items.add(TextNode.valueOf(field.getKey()) + ": " + write(field.getValue(), deeper)));
        String body = items.stream().map(item -> deeper + item).collect(Collectors.joining(",\n"));
        return node.isArray() ? "[\n" + body + "\n" + indent + "]" : "{\n" + body + "\n" + indent + "}";
    }
}
