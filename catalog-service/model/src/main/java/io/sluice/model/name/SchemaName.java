package io.sluice.model.name;

/** {@code catalog.schema}. */
public record SchemaName(EntityName catalog, EntityName schema) implements Comparable<SchemaName> {

    public static SchemaName of(String catalog, String schema) {
        return new SchemaName(EntityName.of(catalog), EntityName.of(schema));
    }

    /** Reads {@code catalog.schema}. */
    public static SchemaName parse(String fullName) {
        String[] parts = Dotted.split(fullName, 2, "catalog.schema");
        return of(parts[0], parts[1]);
    }

    @Override
    public int compareTo(SchemaName other) {
        int byCatalog = catalog.compareTo(other.catalog);
        return byCatalog != 0 ? byCatalog : schema.compareTo(other.schema);
    }

    @Override
    public String toString() {
        return catalog + "." + schema;
    }
}
