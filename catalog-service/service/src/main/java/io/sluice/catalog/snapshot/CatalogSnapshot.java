package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Everything in one catalog at one sequence number. Immutable: applying a change answers the next snapshot, which
 * shares all that did not change. A reader that holds a snapshot sees one instant, however many objects it looks at.
 */
public record CatalogSnapshot(EntityName catalog, long sequence, TreePMap<EntityName, SchemaNode> schemas) {
    static CatalogSnapshot empty(EntityName catalog) {
        return new CatalogSnapshot(catalog, 0, TreePMap.empty());
    }

    /** What is known of another server's contents, which no log of ours tells of. */
    public static CatalogSnapshot showing(EntityName catalog, List<SchemaRecord> schemas, List<TableRecord> tables) {
        CatalogSnapshot snapshot = empty(catalog);
        for (SchemaRecord schema : schemas) snapshot = snapshot.apply(new Change.SchemaPut(schema));
        for (TableRecord table : tables) snapshot = snapshot.showing(table);
        return snapshot;
    }

    /** As above with a table more, or with another one of its name. */
    public CatalogSnapshot showing(TableRecord table) {
        return apply(new Change.TablePut(table));
    }

    public Optional<SchemaNode> find(EntityName schema) {
        @Nullable SchemaNode found = schemas.get(schema);
        return Optional.ofNullable(found);
    }

    /** Whether it is known from memory alone if the table exists. */
    public boolean knows(TableName name) {
        return knows(name.schema().schema(), name.table().value());
    }

    /** As above; the name may also be a part of one, as where a page goes on. */
    public boolean knows(EntityName schema, String table) {
        @Nullable SchemaNode node = schemas.get(schema);
        return node == null || node.tables().knows(table);
    }

    /** Requires: the table's name is known. */
    public Optional<TableNode> find(TableName name) {
        @Nullable SchemaNode schema = schemas.get(name.schema().schema());
        return schema == null ? Optional.empty() : schema.find(name.table());
    }

    CatalogSnapshot apply(Change change) {
        if (change instanceof Change.SchemaPut put) return put(put.schema());
        if (change instanceof Change.SchemaRenamed renamed) return rename(renamed.from(), renamed.schema());
        if (change instanceof Change.SchemaGone gone)
            return with(schemas.minus(gone.name().schema()));
        if (change instanceof Change.TablePut put)
            return inSchema(put.table().name().schema(), schema -> schema.plus(put.table()));
        if (change instanceof Change.TableGone gone)
            return inSchema(
                    gone.name().schema(), schema -> schema.minus(gone.name().table()));
        if (change instanceof Change.AssetPut put)
            return inSchema(
                    schemaOf(put.asset().schema()),
                    schema -> schema.with(schema.assets().plus(put.asset())));
        if (change instanceof Change.AssetGone gone)
            return inSchema(
                    schemaOf(gone.schema()),
                    schema -> schema.with(schema.assets().minus(gone.type(), gone.name())));
        if (change instanceof Change.GrantsPut put) return grant(put);
        throw new IllegalStateException(
                "not a change of a catalog: " + change.getClass().getSimpleName());
    }

    CatalogSnapshot at(long newSequence) {
        return new CatalogSnapshot(catalog, newSequence, schemas);
    }

    private CatalogSnapshot put(SchemaRecord schema) {
        EntityName name = schema.name().schema();
        @Nullable SchemaNode existing = schemas.get(name);
        return with(schemas.plus(name, existing == null ? SchemaNode.fresh(schema) : existing.with(schema)));
    }

    private CatalogSnapshot rename(SchemaName from, SchemaRecord schema) {
        @Nullable SchemaNode before = schemas.get(from.schema());
        if (before == null) throw new OutOfPlaceException(from);
        return with(schemas.minus(from.schema()).plus(schema.name().schema(), before.renamed(schema)));
    }

    /** A schema as the store has it, of which nothing but its own row was read. */
    CatalogSnapshot unread(SchemaRecord schema) {
        return with(schemas.plus(schema.name().schema(), SchemaNode.unread(schema)));
    }

    /** The schema changed, if it is still the one that is meant. */
    CatalogSnapshot inSchema(String schemaId, EntityName name, UnaryOperator<SchemaNode> change) {
        @Nullable SchemaNode schema = schemas.get(name);
        if (schema == null || !schema.schema().id().equals(schemaId)) return this;
        return with(schemas.plus(name, change.apply(schema)));
    }

    private CatalogSnapshot grant(Change.GrantsPut put) {
        return switch (put.type()) {
            case SCHEMA -> inSchema(SchemaName.parse(put.name()), schema -> schema.with(put.grants()));
            case TABLE -> {
                TableName name = TableName.parse(put.name());
                yield inSchema(name.schema(), schema -> schema.granted(name.table(), put.grants()));
            }
            default -> {
                TableName name = TableName.parse(put.name());
                yield inSchema(
                        name.schema(),
                        schema -> schema.with(schema.assets().plus(put.type(), name.table(), put.grants())));
            }
        };
    }

    private static SchemaName schemaOf(@Nullable SchemaName name) {
        if (name == null) throw new IllegalStateException("an asset of the metastore in the log of a catalog");
        return name;
    }

    private CatalogSnapshot inSchema(SchemaName name, UnaryOperator<SchemaNode> change) {
        @Nullable SchemaNode schema = schemas.get(name.schema());
        if (schema == null) throw new OutOfPlaceException(name);
        return with(schemas.plus(name.schema(), change.apply(schema)));
    }

    private CatalogSnapshot with(TreePMap<EntityName, SchemaNode> changed) {
        return new CatalogSnapshot(catalog, sequence, changed);
    }
}
