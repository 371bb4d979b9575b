package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Everything in one catalog at one sequence number. Immutable: applying a change answers the next snapshot, which
 * shares all that did not change. A reader that holds a snapshot sees one instant, however many objects it looks at.
 */
public record CatalogSnapshot(long sequence, TreePMap<EntityName, SchemaNode> schemas) {
    static final CatalogSnapshot EMPTY = new CatalogSnapshot(0, TreePMap.empty());

    public Optional<SchemaNode> find(EntityName schema) {
        @Nullable SchemaNode found = schemas.get(schema);
        return Optional.ofNullable(found);
    }

    public Optional<TableNode> find(TableName name) {
        @Nullable SchemaNode schema = schemas.get(name.schema().schema());
        return schema == null ? Optional.empty() : schema.find(name.table());
    }

    long tableCount() {
        return schemas.values().stream()
                .mapToLong(schema -> schema.tables().size())
                .sum();
    }

    long bodyBytes() {
        return schemas.values().stream().mapToLong(SchemaNode::bodyBytes).sum();
    }

    CatalogSnapshot apply(Change change) {
        if (change instanceof Change.SchemaPut put) return put(put.schema());
        if (change instanceof Change.SchemaGone gone)
            return with(schemas.minus(gone.name().schema()));
        if (change instanceof Change.TablePut put) return put(put.table());
        if (change instanceof Change.TableGone gone) return remove(gone.name());
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
        return new CatalogSnapshot(newSequence, schemas);
    }

    private CatalogSnapshot put(SchemaRecord schema) {
        EntityName name = schema.name().schema();
        @Nullable SchemaNode existing = schemas.get(name);
        return with(schemas.plus(name, existing == null ? SchemaNode.of(schema) : existing.with(schema)));
    }

    private CatalogSnapshot put(TableRecord table) {
        EntityName name = table.name().table();
        return inSchema(table.name().schema(), schema -> {
            Grants grants = schema.find(name).map(TableNode::grants).orElse(Grants.NONE);
            return schema.with(schema.tables().plus(name, TableNode.of(table, grants)));
        });
    }

    private CatalogSnapshot remove(TableName name) {
        return inSchema(name.schema(), schema -> schema.with(schema.tables().minus(name.table())));
    }

    private CatalogSnapshot grant(Change.GrantsPut put) {
        return switch (put.type()) {
            case SCHEMA -> inSchema(SchemaName.parse(put.name()), schema -> schema.with(put.grants()));
            case TABLE -> {
                TableName name = TableName.parse(put.name());
                yield inSchema(name.schema(), schema -> {
                    TableNode table = schema.find(name.table()).orElseThrow();
                    return schema.with(schema.tables().plus(name.table(), table.with(put.grants())));
                });
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
        if (schema == null) throw new IllegalStateException("the log changes schema " + name + ", which is not there");
        return with(schemas.plus(name.schema(), change.apply(schema)));
    }

    private CatalogSnapshot with(TreePMap<EntityName, SchemaNode> changed) {
        return new CatalogSnapshot(sequence, changed);
    }
}
