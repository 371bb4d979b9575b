package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Page;
import io.sluice.model.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields of requests: which must be there, and what stands for those that are not. */
final class Fields {
    private Fields() {}

    static <T> T required(String name, @Nullable T value) {
        if (value == null) throw Failure.invalid("The field or parameter \"%s\" is missing. Give it a value.", name);
        return value;
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> value) {
        return value == null ? Map.of() : value;
    }

    static <T> List<T> orEmpty(@Nullable List<T> value) {
        return value == null ? List.of() : value;
    }

    static <A, B> @Nullable B map(@Nullable A value, Function<A, B> change) {
        return value == null ? null : change.apply(value);
    }

    static Page.Request page(@Nullable String maxResults, @Nullable String pageToken) {
        return Page.Request.of(integer("max_results", maxResults), pageToken);
    }

    private static @Nullable Integer integer(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) return null;
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw Failure.invalid("The parameter %s is \"%s\". Write a whole number.", name, text);
        }
    }
}
