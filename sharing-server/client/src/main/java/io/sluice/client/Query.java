package io.sluice.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which files of a table are wanted, and of when. Predicate and limit are hints: the answer may hold more.
 *
 * @param version at most one of it and {@code time}; both need a share that tells history
 * @param mayBePending whether the server may say to come again for the answer, rather than keep the connection open
 */
public record Query(
        Optional<String> jsonPredicate,
        OptionalLong limit,
        OptionalLong version,
        Optional<Instant> time,
        boolean mayBePending) {
    public Query {
        if (version.isPresent() && time.isPresent())
            throw new IllegalArgumentException("Ask for a version or for a time, not for both.");
    }

    /** The newest version, as a whole. */
    public static Query all() {
        return new Query(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), false);
    }

    public Query withLimit(long rows) {
        return new Query(jsonPredicate, OptionalLong.of(rows), version, time, mayBePending);
    }

    /** @param predicate a predicate tree as JSON, for example {@code {"op":"equal","children":[…]}} */
    public Query withJsonPredicate(String predicate) {
        return new Query(Optional.of(predicate), limit, version, time, mayBePending);
    }

    public Query atVersion(long past) {
        return new Query(jsonPredicate, limit, OptionalLong.of(past), time, mayBePending);
    }

    /** As the table was then. */
    public Query asOf(Instant past) {
        return new Query(jsonPredicate, limit, version, Optional.of(past), mayBePending);
    }

    /** For tables whose files take the server long to find: it may say to come again, and the client does. */
    public Query asynchronous() {
        return new Query(jsonPredicate, limit, version, time, true);
    }

    boolean isOfNow() {
        return version.isEmpty() && time.isEmpty();
    }

    ObjectNode body() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        jsonPredicate.ifPresent(predicate -> json.put("jsonPredicateHints", predicate));
        limit.ifPresent(rows -> json.put("limitHint", rows));
        version.ifPresent(past -> json.put("version", past));
        time.ifPresent(past -> json.put("timestamp", past.toString()));
        return json;
    }
}
