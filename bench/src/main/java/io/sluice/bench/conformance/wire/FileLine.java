package io.sluice.bench.conformance.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of an answer, in either format.
 *
 * @param kind {@code file}, {@code add}, {@code remove} or {@code cdf}; in delta format {@code file} stands for an add
 *     without a version
 * @param action what describes the file: the line itself, or Delta's action in it
 */
public record FileLine(Answer answer, String kind, JsonNode line, JsonNode action) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of("file", "add", "remove", "cdf");

    static Optional<FileLine> of(Answer answer, JsonNode tree) {
        for (String kind : KINDS) {
            JsonNode line = tree.path(kind);
            if (!line.isObject()) continue;
            return Optional.of(
                    line.has("deltaSingleAction") ? ofDelta(answer, line) : new FileLine(answer, kind, line, line));
        }
        return Optional.empty();
    }

    private static FileLine ofDelta(Answer answer, JsonNode line) {
        JsonNode single = line.path("deltaSingleAction");
        for (String name : List.of("add", "remove", "cdc")) {
            if (!single.path(name).isObject()) continue;
            String kind = name.equals("cdc") ? "cdf" : name.equals("add") && !line.has("version") ? "file" : name;
            return new FileLine(answer, kind, line, single.path(name));
        }
        answer.must(false, "add, remove or cdc in deltaSingleAction", single);
        throw new IllegalStateException("not reached");
    }

    public String id() {
        return text(line, "id");
    }

    public String url() {
        return text(action, line == action ? "url" : "path");
    }

    private String text(JsonNode owner, String field) {
        answer.must(!owner.path(field).asText().isEmpty(), "a text \"" + field + "\" in each file line", names());
        return owner.path(field).asText();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public long size() {
        answer.must(action.path("size").canConvertToLong(), "a number \"size\" in each file line", action.path("size"));
        return action.path("size").asLong();
    }

    public JsonNode partitionValues() {
        return action.path("partitionValues");
    }

    /** Empty for null, which the protocol also writes as an empty text. */
    public Optional<String> partition(String column) {
        JsonNode value = partitionValues().path(column);
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }

    public OptionalLong version() {
        return number("version");
    }

    public OptionalLong timestamp() {
        return number("timestamp");
    }

    public OptionalLong expiry() {
        return number("expirationTimestamp");
    }

    private OptionalLong number(String field) {
        return line.path(field).canConvertToLong()
                ? OptionalLong.of(line.path(field).asLong())
                : OptionalLong.empty();
    }

    public JsonNode deletionVector() {
        return action.path("deletionVector");
    }

    /** Rows that are left, if the statistics tell. */
    public OptionalLong rows() {
        if (!action.path("stats").isTextual()) return OptionalLong.empty();
        try {
            JsonNode rows = JSON.readTree(action.path("stats").asText()).path("numRecords");
            long deleted = deletionVector().path("cardinality").asLong(0);
            return rows.canConvertToLong() ? OptionalLong.of(rows.asLong() - deleted) : OptionalLong.empty();
        } catch (JacksonException e) {
            answer.must(false, "statistics in JSON", action.path("stats"));
            return OptionalLong.empty();
        }
    }
}
