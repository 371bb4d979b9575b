package io.sluice.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import java.util.List;

/**
 * What a command found, ready in all three forms. The JSON is the server's own; the others show the columns worth
 * reading.
 */
public final class Answer {
    private final JsonNode json;
    private final String table;
    private final String csv;

    private Answer(JsonNode json, String table, String csv) {
        this.json = json;
        this.table = table;
        this.csv = csv;
    }

    /** One thing: a line for each field; in CSV a title line and one row. */
    public static Answer one(JsonNode json, Column... columns) {
        Grid grid = Grid.of(List.of(columns), List.of(json));
        return new Answer(json, grid.asRecord(), grid.csv());
    }

    /** Many of a kind. {@code list} names the array in the answer. */
    public static Answer many(JsonNode json, String list, Column... columns) {
        return rows(json, Json.elements(json.path(list)), List.of(columns));
    }

    public static Answer rows(JsonNode json, List<JsonNode> rows, List<Column> columns) {
        Grid grid = Grid.of(columns, rows);
        return new Answer(json, grid.aligned(), grid.csv());
    }

    /** Words that are the same for people and for spreadsheets. */
    public static Answer text(JsonNode json, String text) {
        return new Answer(json, text, text);
    }

    /** Adds a part below for people. CSV stays one table: the first. */
    public Answer above(Answer details) {
        return new Answer(json, below(details), csv);
    }

    /** Adds a part below for people, and makes that part the CSV. */
    public Answer headOf(Answer rows) {
        return new Answer(json, below(rows), rows.csv);
    }

    private String below(Answer next) {
        return table.isEmpty() ? next.table : table + "\n" + next.table;
    }

    public String in(OutputFormat format) {
        return switch (format) {
            case table -> table;
            case json -> Json.pretty(json) + "\n";
            case csv -> csv;
        };
    }
}
