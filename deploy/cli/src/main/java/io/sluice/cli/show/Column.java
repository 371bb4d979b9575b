package io.sluice.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One column of a grid: what it is called and how its value is found in a row. */
public record Column(String title, boolean isNumber, Function<JsonNode, String> value) {
    private static final Pattern NUMBER_TYPE = Pattern.compile("^(byte|short|int|long|bigint|float|double|decimal)");

    /** A field, or a field of a field with a dot: {@code last_sync.outcome}. */
    public static Column text(String title, String path) {
        return new Column(title, false, row -> plain(at(row, path)));
    }

    /** The field of another name, where this one is absent. */
    public Column or(String path) {
        return new Column(title, isNumber, row -> {
            String own = value.apply(row);
            return own.isEmpty() ? plain(at(row, path)) : own;
        });
    }

    /** Aligned to the right; every digit is shown. */
    public static Column number(String title, String path) {
        return new Column(title, true, row -> plain(at(row, path)));
    }

    /** {@code {"amount": 0.12, "currency": "EUR"}} as {@code 0.12 EUR}; a bare number as it is. */
    public static Column money(String title, String path) {
        return new Column(title, true, row -> {
            JsonNode money = at(row, path);
            return money.isObject() ? plain(money.path("amount")) + " " + plain(money.path("currency")) : plain(money);
        });
    }

    /** Milliseconds since 1970, as UTC to the second. */
    public static Column time(String title, String path) {
        return new Column(title, false, row -> {
            long millis = at(row, path).asLong();
            return millis == 0
                    ? ""
                    : Instant.ofEpochMilli(millis)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString();
        });
    }

    /** An array's elements, separated by blanks. */
    public static Column words(String title, String path) {
        return new Column(title, false, row -> String.join(" ", Json.texts(at(row, path))));
    }

    /** How many elements an array has. */
    public static Column count(String title, String path) {
        return new Column(title, true, row -> Integer.toString(at(row, path).size()));
    }

    /** The n-th value of a row that is an array. */
    public static Column cell(String title, String sqlType, int index) {
        boolean isNumber = NUMBER_TYPE.matcher(sqlType).find();
        return new Column(title, isNumber, row -> plain(row.path(index)));
    }

    private static JsonNode at(JsonNode row, String path) {
        return row.at("/" + path.replace('.', '/'));
    }

    private static String plain(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) return "";
        if (value.isBigDecimal()) return value.decimalValue().toPlainString();
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
