package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The body of a query, checked: what contradicts itself is refused as the reference server refuses it, and what is
 * well formed but not served yet is refused by name.
 *
 * @param hasPredicateHints SQL hints came; they are legal to leave aside, but a limit then cannot be trusted
 * @param jsonPredicateHints a JSON text inside of the JSON
 * @param asksOldRows a version or a timestamp came, which needs shared history
 * @param wantsRefreshToken the answer must then end with an endStreamAction
 */
public record QueryRequest(
        boolean hasPredicateHints,
        Optional<String> jsonPredicateHints,
        OptionalLong limitHint,
        boolean asksOldRows,
        boolean wantsRefreshToken,
        boolean hasIdempotencyKey) {
    private static final List<String> POINTS_IN_TIME = List.of("version", "timestamp", "startingVersion");
    private static final List<String> NOT_SERVED =
            List.of("maxFiles", "pageToken", "refreshToken", "includeHistoricalProtocol", "requestedColumns");

    public static QueryRequest parse(byte[] body) {
        ObjectNode json = Json.body(body);
        requireNoContradiction(json);
        for (String field : NOT_SERVED) requireAbsent(json, field);
        return new QueryRequest(
                texts(json, "predicateHints") > 0,
                text(json, "jsonPredicateHints").filter(hints -> !hints.isBlank()),
                notNegative(json, "limitHint"),
                given(json, "endingVersion") || POINTS_IN_TIME.stream().anyMatch(field -> given(json, field)),
                flag(json, "includeRefreshToken"),
                // The specification says one, the Spark client sends the other.
                Stream.of("idempotencyKey", "idempotency_key")
                        .anyMatch(field -> text(json, field).isPresent()));
    }

    private static void requireNoContradiction(ObjectNode json) {
        if (POINTS_IN_TIME.stream().filter(field -> given(json, field)).count() > 1)
            throw Failure.invalid("Please only provide one of: %s.", String.join("/", POINTS_IN_TIME));
        notNegative(json, "version");
        notNegative(json, "startingVersion");
        notNegative(json, "endingVersion");
        boolean refreshes = flag(json, "includeRefreshToken") || given(json, "refreshToken");
        boolean isPinned = given(json, "pageToken") || POINTS_IN_TIME.stream().anyMatch(field -> given(json, field));
        if (refreshes && isPinned)
            throw Failure.invalid(
                    "includeRefreshToken and refreshToken go with the newest version only: leave out version, timestamp, "
                            + "startingVersion and pageToken.");
        OptionalLong maxFiles = notNegative(json, "maxFiles");
        if (maxFiles.isPresent() && maxFiles.getAsLong() == 0)
            throw Failure.invalid("maxFiles is 0. Give a number above 0, or leave it out.");
    }

    private static void requireAbsent(ObjectNode json, String field) {
        JsonNode value = json.path(field);
        boolean isFalse = value.isBoolean() && !value.booleanValue();
        boolean isEmpty = value.isContainerNode() && value.isEmpty();
        boolean asksNothing = !given(json, field) || isFalse || isEmpty;
        if (!asksNothing)
            throw Failure.unsupported("%s is not served yet. Leave it out: the answer then is whole.", field);
    }

    private static boolean given(ObjectNode json, String field) {
        return json.hasNonNull(field);
    }

    private static Optional<String> text(ObjectNode json, String field) {
        if (!given(json, field)) return Optional.empty();
        if (!json.get(field).isTextual()) throw wrongType(field, "a text");
        return Optional.of(json.get(field).textValue());
    }

    private static int texts(ObjectNode json, String field) {
        if (!given(json, field)) return 0;
        JsonNode list = json.get(field);
        if (!list.isArray()) throw wrongType(field, "a list of texts");
        for (JsonNode item : list) if (!item.isTextual()) throw wrongType(field, "a list of texts");
        return list.size();
    }

    private static boolean flag(ObjectNode json, String field) {
        if (!given(json, field)) return false;
        if (!json.get(field).isBoolean()) throw wrongType(field, "true or false");
        return json.get(field).booleanValue();
    }

    private static OptionalLong notNegative(ObjectNode json, String field) {
        if (!given(json, field)) return OptionalLong.empty();
        JsonNode value = json.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) throw wrongType(field, "a whole number");
        if (value.longValue() < 0) throw Failure.invalid("%s is %d. It cannot be negative.", field, value.longValue());
        return OptionalLong.of(value.longValue());
    }

    private static Failure wrongType(String field, String expected) {
        return Failure.invalid("%s must be %s.", field, expected);
    }
}
