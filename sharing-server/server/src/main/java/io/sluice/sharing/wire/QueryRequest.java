package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Digests;
import io.sluice.sharing.internal.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body of a query, checked: what contradicts itself is refused as the reference server refuses it.
 *
 * @param predicateHints in SQL
 * @param jsonPredicateHints a JSON text inside of the JSON
 * @param startingVersion asks for what was added and removed since then, rather than for a snapshot
 * @param identity what the query asks, without what differs from page to page and from refresh to refresh
 */
public record QueryRequest(
        List<String> predicateHints,
        Optional<String> jsonPredicateHints,
        OptionalLong limitHint,
        OptionalLong version,
        Optional<Instant> timestamp,
        OptionalLong startingVersion,
        OptionalLong endingVersion,
        OptionalLong maxFiles,
        Optional<String> pageToken,
        boolean wantsRefreshToken,
        Optional<String> refreshToken,
        boolean includesHistoricalProtocol,
        Optional<String> idempotencyKey,
        String identity) {
    private static final List<String> POINTS_IN_TIME = List.of("version", "timestamp", "startingVersion");
    /** The specification says one, the Spark client sends the other. */
    private static final List<String> IDEMPOTENCY_KEYS = List.of("idempotencyKey", "idempotency_key");

    private static final List<String> IDENTITY = List.of(
            "predicateHints",
            "jsonPredicateHints",
            "limitHint",
            "version",
            "timestamp",
            "startingVersion",
            "endingVersion");

    public static QueryRequest parse(byte[] body) {
        ObjectNode json = Json.body(body);
        requireNoContradiction(json);
        requireNoColumns(json);
        return new QueryRequest(
                texts(json, "predicateHints"),
                text(json, "jsonPredicateHints").filter(hints -> !hints.isBlank()),
                notNegative(json, "limitHint"),
                notNegative(json, "version"),
                text(json, "timestamp").map(Timestamps::parse),
                notNegative(json, "startingVersion"),
                notNegative(json, "endingVersion"),
                maxFiles(json),
                pageToken(json),
                flag(json, "includeRefreshToken"),
                text(json, "refreshToken").filter(token -> !token.isEmpty()),
                flag(json, "includeHistoricalProtocol"),
                IDEMPOTENCY_KEYS.stream()
                        .flatMap(field -> text(json, field).stream())
                        .findFirst(),
                identity(json));
    }

    /** An unasked-for last line breaks the Python client, a missing one the Spark client. */
    public boolean wantsLastLine() {
        return wantsRefreshToken || refreshToken.isPresent() || maxFiles.isPresent() || pageToken.isPresent();
    }

    /** Whether no hint leaves files out. */
    public boolean selectsAll() {
        return predicateHints.isEmpty() && jsonPredicateHints.isEmpty() && limitHint.isEmpty();
    }

    /** The same question, asked for another page. */
    public QueryRequest turnedTo(OptionalLong wantedFiles, Optional<String> page) {
        return new QueryRequest(
                predicateHints,
                jsonPredicateHints,
                limitHint,
                version,
                timestamp,
                startingVersion,
                endingVersion,
                wantedFiles,
                page,
                wantsRefreshToken,
                refreshToken,
                includesHistoricalProtocol,
                idempotencyKey,
                identity);
    }

    static OptionalLong maxFiles(ObjectNode json) {
        OptionalLong maxFiles = notNegative(json, "maxFiles");
        if (maxFiles.isPresent() && maxFiles.getAsLong() == 0)
            throw Failure.invalid("maxFiles is 0. Give a number above 0, or leave it out.");
        return maxFiles;
    }

    static Optional<String> pageToken(ObjectNode json) {
        return text(json, "pageToken").filter(token -> !token.isEmpty());
    }

    private static String identity(ObjectNode json) {
        ObjectNode asked = Json.object();
        for (String field : IDENTITY) if (given(json, field)) asked.set(field, json.get(field));
        return Digests.sha256(asked.toString());
    }

    private static void requireNoContradiction(ObjectNode json) {
        if (POINTS_IN_TIME.stream().filter(field -> given(json, field)).count() > 1)
            throw Failure.invalid("Please only provide one of: %s.", String.join("/", POINTS_IN_TIME));
        if (given(json, "endingVersion") && !given(json, "startingVersion"))
            throw Failure.invalid("endingVersion goes with startingVersion. Give both, or neither.");
        boolean refreshes = flag(json, "includeRefreshToken") || given(json, "refreshToken");
        boolean isPinned = given(json, "pageToken") || POINTS_IN_TIME.stream().anyMatch(field -> given(json, field));
        if (refreshes && isPinned)
            throw Failure.invalid(
                    "includeRefreshToken and refreshToken go with the newest version only: leave out version, timestamp, "
                            + "startingVersion and pageToken.");
    }

    private static void requireNoColumns(ObjectNode json) {
        if (!texts(json, "requestedColumns").isEmpty())
            throw Failure.unsupported("requestedColumns is for views, which are not shared yet. Leave it out.");
    }

    private static boolean given(ObjectNode json, String field) {
        return json.hasNonNull(field);
    }

    private static Optional<String> text(ObjectNode json, String field) {
        if (!given(json, field)) return Optional.empty();
        if (!json.get(field).isTextual()) throw wrongType(field, "a text");
        return Optional.of(json.get(field).textValue());
    }

    private static List<String> texts(ObjectNode json, String field) {
        if (!given(json, field)) return List.of();
        JsonNode list = json.get(field);
        if (!list.isArray()) throw wrongType(field, "a list of texts");
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list) {
            if (!item.isTextual()) throw wrongType(field, "a list of texts");
            texts.add(item.textValue());
        }
        return texts;
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
