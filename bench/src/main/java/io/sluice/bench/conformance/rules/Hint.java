package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Predicates as clients write them. */
final class Hint {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Hint() {}

    static ObjectNode equal(String column, String value) {
        ObjectNode hint = op("equal");
        hint.withArray("children").add(column(column));
        hint.withArray("children").add(op("literal").put("value", value).put("valueType", "string"));
        return hint;
    }

    static ObjectNode isNull(String column) {
        ObjectNode hint = op("isNull");
        hint.withArray("children").add(column(column));
        return hint;
    }

    /** The same predicate below as many {@code not}s, an even number of which changes nothing. */
    static String nested(ObjectNode inner, int depth) {
        // By hand: JSON libraries refuse to write what is as deep as some checks want it.
        return "{\"op\":\"not\",\"children\":[".repeat(depth) + inner + "]}".repeat(depth);
    }

    static String body(ObjectNode hint, String more) {
        return body(hint.toString(), more);
    }

    /** The body of a query; the protocol wants the hint as a text inside of the JSON. */
    static String body(String hint, String more) {
        return "{\"jsonPredicateHints\":" + JSON.textNode(hint) + more + "}";
    }

    private static ObjectNode column(String name) {
        return op("column").put("name", name).put("valueType", "string");
    }

    private static ObjectNode op(String name) {
        return JSON.objectNode().put("op", name);
    }
}
