package io.sluice.catalog.rest;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads requests and writes answers as Unity Catalog does: snake_case, unknown fields ignored, nulls written. */
public final class Wire {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** SCIM alone is written in camelCase. */
    private static final JsonMapper CAMEL = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Delta's API alone is written in kebab-case. Its lists and maps hold no nulls. */
    private static final JsonMapper KEBAB = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private Wire() {}

    public static <T> T read(byte[] body, Class<T> type) {
        return read(JSON, body, type);
    }

    static <T> T readCamel(byte[] body, Class<T> type) {
        return read(CAMEL, body, type);
    }

    static <T> T readKebab(byte[] body, Class<T> type) {
        return read(KEBAB, body, type);
    }

    private static <T> T read(JsonMapper mapper, byte[] body, Class<T> type) {
        if (body.length == 0) throw Failure.invalid("The request has no body. Send a JSON object.");
        try {
            T read = mapper.readValue(body, type);
            if (read == null) throw Failure.invalid("The body is null. Send a JSON object.");
            return read;
        } catch (StreamConstraintsException e) {
            throw Failure.invalid("The body is nested too deeply, or a part of it is too long.");
        } catch (JsonMappingException e) {
            throw rooted(e).orElseGet(() -> wrongType(e));
        } catch (JacksonException e) {
            throw Failure.invalid("The body is not valid JSON: %s", firstLine(e));
        } catch (IOException e) {
            throw Failure.invalid("The body cannot be read.");
        }
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static ArrayNode array() {
        return JSON.createArrayNode();
    }

    public static ObjectNode tree(byte[] body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ObjectNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    public static Response ok(Object value) {
        return ok(bytes(value));
    }

    public static Response ok(byte[] json) {
        return Response.ok(json, MediaType.APPLICATION_JSON_TYPE).build();
    }

    static Response okKebab(Object value) {
        return ok(kebab(value));
    }

    static byte[] kebab(Object value) {
        return bytes(KEBAB, value);
    }

    static byte[] bytes(Object value) {
        return bytes(JSON, value);
    }

    private static byte[] bytes(JsonMapper mapper, Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Response assets(String field, Page<AssetNode> page) {
        return page(field, page.items().stream().map(AssetNode::body).toList(), page.nextToken());
    }

    /** Deletions answer 200 with a body: an empty answer once hung a proxy. */
    static Response deleted() {
        return ok(object());
    }

    /** {@code {"<field>":[…],"next_page_token":…}} from bodies that are serialised already, each copied once. */
    static Response page(String field, List<byte[]> items, Optional<String> nextToken) {
        byte[] head = ("{\"" + field + "\":[").getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("],\"next_page_token\":"
                        + nextToken.map(token -> "\"" + token + "\"").orElse("null") + "}")
                .getBytes(StandardCharsets.UTF_8);
        int commas = Math.max(0, items.size() - 1);
        int length = head.length
                + tail.length
                + commas
                + items.stream().mapToInt(item -> item.length).sum();
        ByteBuffer page = ByteBuffer.allocate(length).put(head);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) page.put((byte) ',');
            page.put(items.get(i));
        }
        return ok(page.put(tail).array());
    }

    /** A type's own constructor may have refused the value in its own words. */
    private static Optional<Failure> rooted(JsonMappingException e) {
        return e.getCause() instanceof Failure failure ? Optional.of(failure) : Optional.empty();
    }

    private static Failure wrongType(JsonMappingException e) {
        if (e.getPath().isEmpty()) return Failure.invalid("The body is not one JSON object. Send one, as in {}.");
        return Failure.invalid("The field \"%s\" of the body has a value of the wrong type: %s", path(e), firstLine(e));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** Without the source of the text and without our class names. */
    private static String firstLine(JacksonException e) {
        String text = e.getOriginalMessage().lines().findFirst().orElse("");
        return text.replaceAll("`?(?:java|io|com)\\.[\\w.$<>,]+`?", "the expected type")
                .replaceAll(" ?\\(start marker at \\[Source:[^\\]]*]\\)", "")
                .replaceAll(" ?\\(token `JsonToken\\.\\w+`\\)", "");
    }
}
