package io.sluice.model.name;

/** {@code catalog.schema.table}. */
public record TableName(SchemaName schema, EntityName table) implements Comparable<TableName> {

    public static TableName of(String catalog, String schema, String table) {
        return new TableName(SchemaName.of(catalog, schema), EntityName.of(table));
    }

    /** Reads {@code catalog.schema.table}. */
    public static TableName parse(String fullName) {
        String[] parts = Dotted.split(fullName, 3, "catalog.schema.table");
        return of(parts[0], parts[1], parts[2]);
    }

    public EntityName catalog() {
        return schema.catalog();
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
