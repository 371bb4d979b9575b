package io.sluice.sharing.internal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The one mapper of this module. */
public final class Json {
    /** As in the reference server's limit for predicates; our own bodies are far flatter. */
    private static final int MAX_DEPTH = 100;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final TypeReference<List<String>> TEXT_LIST = new TypeReference<>() {};

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads the body of a request; an empty one is an empty object. */
    public static ObjectNode body(byte[] body) {
        if (body.length == 0) return object();
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) return object;
        } catch (StreamConstraintsException e) {
            throw Failure.invalid("The body is nested more than %d deep, or a part of it is too long.", MAX_DEPTH);
        } catch (JsonMappingException e) {
            // Something stands behind the object's end; Jackson's words for it name classes.
        } catch (JacksonException e) {
            throw Failure.invalid("The body is not JSON: %s.", e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        throw Failure.invalid("The body is not one JSON object. Send one, as in {}.");
    }

    /** Requires: a text that we wrote. */
    public static JsonNode stored(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalStateException("what was stored is not JSON", e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JacksonException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** Requires: written by {@link #text} from a map of texts. */
    public static Map<String, String> texts(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JacksonException e) {
            throw new IllegalStateException("stored properties are not a JSON object of texts", e);
        }
    }

    /** Requires: written by {@link #text} from a list of texts. */
    public static List<String> textList(String json) {
        try {
            return MAPPER.readValue(json, TEXT_LIST);
        } catch (JacksonException e) {
            throw new IllegalStateException("a stored list is not a JSON array of texts", e);
        }
    }
}
