package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.model.name.EntityName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** A schema and what is in it. Tables are sorted by name, so that a page is one range scan. */
public record SchemaNode(
        SchemaRecord schema, Grants grants, byte[] body, TreePMap<EntityName, TableNode> tables, AssetIndex assets) {

    static SchemaNode of(SchemaRecord schema) {
        return new SchemaNode(schema, Grants.NONE, WireBodies.of(schema), TreePMap.empty(), AssetIndex.EMPTY);
    }

    public Optional<TableNode> find(EntityName table) {
        @Nullable TableNode found = tables.get(table);
        return Optional.ofNullable(found);
    }

    SchemaNode with(SchemaRecord changed) {
        return new SchemaNode(changed, grants, WireBodies.of(changed), tables, assets);
    }

    SchemaNode with(Grants newGrants) {
        return new SchemaNode(schema, newGrants, body, tables, assets);
    }

    SchemaNode with(TreePMap<EntityName, TableNode> changed) {
        return new SchemaNode(schema, grants, body, changed, assets);
    }

    SchemaNode with(AssetIndex changed) {
        return new SchemaNode(schema, grants, body, tables, changed);
    }

    long bodyBytes() {
        return body.length
                + tables.values().stream()
                        .mapToLong(table -> table.body().length)
                        .sum()
                + assets.bodyBytes();
    }

    public boolean isEmpty() {
        return tables.isEmpty() && assets.byType().isEmpty();
    }
}
