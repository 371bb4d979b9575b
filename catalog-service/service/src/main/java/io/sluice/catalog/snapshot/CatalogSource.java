package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LogImage;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is in a catalog, in the store. Of its tables only who holds something of them: they are read range by range. */
final class CatalogSource extends LogSource<CatalogSnapshot> {
    private final EntityName name;

    CatalogSource(SqlUnitOfWork work, CatalogStore store, String id, EntityName name) {
        super(work, store, id);
        this.name = name;
    }

    @Override
    public CatalogSnapshot load() {
        LogImage image = read(CatalogStore::image);
        CatalogSnapshot snapshot = CatalogSnapshot.empty(name);
        Map<String, SchemaName> schemaNames = new HashMap<>();
        for (SchemaRecord stored : image.schemas()) {
            SchemaRecord schema = stored.in(name);
            schemaNames.put(schema.id(), schema.name());
            snapshot = snapshot.unread(schema);
            snapshot = granted(snapshot, SecurableType.SCHEMA, schema.name().toString(), image, schema.id());
        }
        snapshot = held(snapshot, image, schemaNames);
        for (LogImage.Child<AssetRecord> child : image.assetsInSchemas()) {
            SchemaName schema = schemaNames.get(child.parentId());
            if (schema == null) continue;
            AssetRecord asset = child.record().in(schema);
            snapshot = snapshot.apply(new Change.AssetPut(asset));
            snapshot = granted(snapshot, asset.type(), asset.fullName(), image, asset.id());
        }
        return snapshot.at(image.sequence());
    }

    private static CatalogSnapshot held(CatalogSnapshot snapshot, LogImage image, Map<String, SchemaName> schemaNames) {
        Map<LogImage.Holder, Set<String>> byTable = new HashMap<>();
        for (LogImage.Holder holder : image.holders())
            byTable.computeIfAbsent(
                            new LogImage.Holder(holder.schemaId(), holder.table(), ""), table -> new HashSet<>())
                    .add(holder.principal());
        CatalogSnapshot all = snapshot;
        for (Map.Entry<LogImage.Holder, Set<String>> entry : byTable.entrySet()) {
            LogImage.Holder table = entry.getKey();
            SchemaName schema = schemaNames.get(table.schemaId());
            if (schema != null)
                all = all.inSchema(
                        table.schemaId(),
                        schema.schema(),
                        node -> node.holding(table.table(), Set.copyOf(entry.getValue())));
        }
        return all;
    }

    private static CatalogSnapshot granted(
            CatalogSnapshot snapshot, SecurableType type, String name, LogImage image, String id) {
        return Optional.of(image.grantsOn(id))
                .filter(grants -> !grants.byPrincipal().isEmpty())
                .map(grants -> snapshot.apply(new Change.GrantsPut(type, name, grants)))
                .orElse(snapshot);
    }

    @Override
    public CatalogSnapshot apply(CatalogSnapshot snapshot, List<Change> changes, long sequence) {
        for (Change change : changes) snapshot = snapshot.apply(change);
        return snapshot.at(sequence);
    }

    @Override
    public long sequenceOf(CatalogSnapshot snapshot) {
        return snapshot.sequence();
    }
}
