package io.sluice.sharing.provider;

import java.util.List;
import java.util.Locale;

/** A table in a share of a provider. Names are the same in any case, and told in lower case. */
public record ProviderTable(String schema, String table) {
    public ProviderTable {
        schema = schema.toLowerCase(Locale.ROOT);
        table = table.toLowerCase(Locale.ROOT);
    }

    /** @param schemaString Delta's JSON schema */
    public record Columns(String schemaString, List<String> partitionColumns) {}
}
