package io.sluice.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;

/** Which files are wanted. Both are hints: the answer may hold more. */
public record Query(Optional<String> jsonPredicate, OptionalLong limit) {
    public static Query all() {
        return new Query(Optional.empty(), OptionalLong.empty());
    }

    public Query withLimit(long rows) {
        return new Query(jsonPredicate, OptionalLong.of(rows));
    }

    /** @param predicate a predicate tree as JSON, for example {@code {"op":"equal","children":[…]}} */
    public Query withJsonPredicate(String predicate) {
        return new Query(Optional.of(predicate), limit);
    }

    String body() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        jsonPredicate.ifPresent(predicate -> json.put("jsonPredicateHints", predicate));
        limit.ifPresent(rows -> json.put("limitHint", rows));
        return json.toString();
    }
}
