package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the objects of the management API. Every field must be one that is known: a condition on what is shared that
 * we passed over in silence would leak. Null means absent.
 */
final class ManagementBody {
    private final ObjectNode json;
    private final String what;

    private ManagementBody(ObjectNode json, String what) {
        this.json = json;
        this.what = what;
    }

    /**
     * @param served fields that are read
     * @param notServed fields of the hosted API that are refused when they say something
     */
    static ManagementBody of(String what, ObjectNode json, Set<String> served, Set<String> notServed) {
        ManagementBody body = new ManagementBody(json, what);
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (served.contains(field.getKey())) continue;
            if (!notServed.contains(field.getKey()))
                throw Failure.invalid(
                        "%s has a field \"%s\", which is not known. Known are: %s.",
                        what, field.getKey(), String.join(", ", new TreeSet<>(served)));
            if (saysSomething(field.getValue()))
                throw Failure.unsupported("%s of %s is not served yet. Leave it out.", field.getKey(), what);
        }
        return body;
    }

    Optional<String> text(String field) {
        if (!json.hasNonNull(field)) return Optional.empty();
        if (!json.get(field).isTextual()) throw wrongType(field, "a text");
        return Optional.of(json.get(field).textValue());
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> Failure.invalid("%s has no field \"%s\". Give one.", what, field));
    }

    Optional<Long> wholeNumber(String field) {
        if (!json.hasNonNull(field)) return Optional.empty();
        if (!json.get(field).isIntegralNumber() || !json.get(field).canConvertToLong())
            throw wrongType(field, "a whole number");
        return Optional.of(json.get(field).longValue());
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    boolean flag(String field) {
        if (!json.hasNonNull(field)) return false;
        if (!json.get(field).isBoolean()) throw wrongType(field, "true or false");
        return json.get(field).booleanValue();
    }

    List<ObjectNode> objects(String field) {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode item : list(field)) {
            if (!(item instanceof ObjectNode object)) throw wrongType(field, "a list of objects");
            objects.add(object);
        }
        return objects;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(field)) {
            if (!item.isTextual()) throw wrongType(field, "a list of texts");
            texts.add(item.textValue());
        }
        return texts;
    }

    Optional<ObjectNode> object(String field) {
        if (!json.hasNonNull(field)) return Optional.empty();
        if (!(json.get(field) instanceof ObjectNode object)) throw wrongType(field, "an object");
        return Optional.of(object);
    }

    Map<String, String> textsByName() {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getValue().isTextual()) throw wrongType(field.getKey(), "a text");
            texts.put(field.getKey(), field.getValue().textValue());
        }
        return texts;
    }

    /** For objects whose field names are the caller's own. */
    static Map<String, String> textsByName(String what, ObjectNode json) {
        return new ManagementBody(json, what).textsByName();
    }

    private Iterable<JsonNode> list(String field) {
        if (!json.hasNonNull(field)) return List.of();
        if (!json.get(field).isArray()) throw wrongType(field, "a list");
        return json.get(field);
    }

    /** False for null, false, an empty text or list, and an object that says nothing. */
    private static boolean saysSomething(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode item : value) if (value.isArray() || saysSomething(item)) return true;
            return false;
        }
        return !value.isNull()
                && !(value.isBoolean() && !value.booleanValue())
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    private Failure wrongType(String field, String expected) {
        return Failure.invalid("%s of %s must be %s.", field, what, expected);
    }
}
