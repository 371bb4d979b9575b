package io.sluice.catalog.record;

import org.jspecify.annotations.Nullable;

/** A column as Unity Catalog spells it. {@code typeJson} is the whole Spark field, not the bare type. */
public record Column(
        String name,
        @Nullable String typeText,
        @Nullable String typeJson,
        @Nullable String typeName,
        @Nullable Integer typePrecision,
        @Nullable Integer typeScale,
        @Nullable String typeIntervalType,
        int position,
        @Nullable String comment,
        boolean nullable,
        @Nullable Integer partitionIndex) {

    public Column partitionedAs(@Nullable Integer index) {
        return new Column(
                name,
                typeText,
                typeJson,
                typeName,
                typePrecision,
                typeScale,
                typeIntervalType,
                position,
                comment,
                nullable,
                index);
    }
}
