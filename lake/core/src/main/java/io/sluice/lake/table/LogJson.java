package io.sluice.lake.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a commit, to and fro, such that no number loses a digit and no field is dropped. */
public final class LogJson {
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private LogJson() {}

    /** As a parser would read it, so that an action from a checkpoint equals the same action from a commit. */
    public static JsonNode number(long value) {
        var nodes = MAPPER.getNodeFactory();
        return value == (int) value ? nodes.numberNode((int) value) : nodes.numberNode(value);
    }

    /** A JSON text that a log keeps as a text, such as a schema. */
    static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the log of a table holds a text that is not JSON", e);
        }
    }

    public static byte[] write(List<ObjectNode> actions) {
        var text = new ByteArrayOutputStream();
        for (ObjectNode action : actions) {
            text.writeBytes(writeOne(action).getBytes(StandardCharsets.UTF_8));
            text.write('\n');
        }
        return text.toByteArray();
    }

    public static List<ObjectNode> read(String source, byte[] commit) throws IOException {
        List<ObjectNode> actions = new ArrayList<>();
        for (String line : new String(commit, StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) actions.add(readOne(source, line));
        }
        return actions;
    }

    private static ObjectNode readOne(String source, String line) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node instanceof ObjectNode action) return action;
        } catch (JsonProcessingException e) {
            throw new IOException(source + " holds a line that is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IOException(source + " holds a line that is not a JSON object.");
    }

    private static String writeOne(ObjectNode action) {
        try {
            return MAPPER.writeValueAsString(action);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an action that cannot be written as JSON", e);
        }
    }
}
