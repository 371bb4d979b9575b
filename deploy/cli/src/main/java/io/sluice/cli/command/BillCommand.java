package io.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.show.Answer;
import io.sluice.cli.show.Column;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bill",
        description = "What was moved, when, and at whose cost.",
        footer = "Example: sluice bill statement --producer sales")
public final class BillCommand extends Noun {

    @Command(
            name = "statement",
            description = "Show what a producer owes for a month.",
            footer = "Example: sluice bill statement --producer sales --period 2026-08")
    int statement(
            @Mixin Common common,
            @Option(names = "--producer", paramLabel = "NAME", required = true) String producer,
            @Option(names = "--period", paramLabel = "YYYY-MM", description = "Default: this month, in UTC.") @Nullable
                    String period) {
        Route all = Route.sluice("billing", "statements").with("producer", producer);
        Route route = period == null ? all : all.with("period", month(period).toString());
        return common.show(server -> statements(server.get(route)));
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw CommandFailure.usage("\"%s\" is not a month. Write it as in 2026-08.", text);
        }
    }

    private static Answer statements(JsonNode answer) {
        List<JsonNode> lines = new ArrayList<>();
        for (JsonNode statement : answer.path("statements"))
            for (JsonNode line : statement.path("lines")) lines.add(named(statement, line));
        Answer rows = Answer.rows(
                answer,
                lines,
                List.of(
                        Column.text("producer", "producer"),
                        Column.text("period", "period"),
                        Column.text("replica", "replica"),
                        Column.text("lane", "lane"),
                        Column.text("meter", "meter"),
                        Column.number("runs", "runs"),
                        Column.number("bytes", "bytes"),
                        Column.number("gigabytes", "gigabytes"),
                        Column.number("unit price", "unit_price"),
                        Column.number("amount", "amount"),
                        Column.text("currency", "currency")));
        return rows.above(Answer.many(
                answer,
                "statements",
                Column.text("producer", "producer"),
                Column.text("period", "period"),
                Column.number("total bytes", "bytes"),
                Column.number("exact", "amount"),
                Column.number("to pay", "rounded_amount"),
                Column.text("currency", "currency")));
    }

    /** A line with the names of its statement, so that it can stand alone in a spreadsheet. */
    private static JsonNode named(JsonNode statement, JsonNode line) {
        ObjectNode named = Json.object();
        for (String field : List.of("producer", "period", "currency")) named.set(field, statement.path(field));
        if (line instanceof ObjectNode fields) named.setAll(fields);
        return named;
    }
}
