package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.CatalogSnapshot;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.snapshot.TableIndex;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Schemas as the rest of the house needs them: whole, and whichever pod owns them. */
public final class SchemaContents {
    /** Sorts behind a name and before every name that begins with it: no name holds it. */
    static final String JUST_AFTER = "!";

    private final Locator locate;
    private final Snapshots snapshots;

    SchemaContents(Locator locate, Snapshots snapshots) {
        this.locate = locate;
        this.snapshots = snapshots;
    }

    public Optional<String> idOf(SchemaName name) {
        return locate.root()
                .find(name.catalog())
                .flatMap(catalog -> snapshots.anywhere(catalog.catalog()).find(name.schema()))
                .map(schema -> schema.schema().id());
    }

    /** Whether the caller holds the privilege on the whole schema, so on all that is made in it too. */
    public boolean mayUse(Caller caller, SchemaName name, Privilege privilege) {
        RootSnapshot root = locate.root();
        Optional<CatalogNode> catalog = root.find(name.catalog());
        if (catalog.isEmpty()) return false;
        return snapshots
                .anywhere(catalog.get().catalog())
                .find(name.schema())
                .map(schema -> Authorizer.mayCreate(root, catalog.get(), schema, caller, privilege))
                .orElse(false);
    }

    /** A volume, function or model. */
    public Optional<AssetRecord> asset(SecurableType type, TableName name) {
        return locate.root()
                .find(name.catalog())
                .flatMap(catalog ->
                        snapshots.anywhere(catalog.catalog()).find(name.schema().schema()))
                .flatMap(schema -> schema.assets().find(type, name.table()))
                .map(AssetNode::asset);
    }

    /** Whether the caller holds the privilege on it. */
    public boolean mayUse(Caller caller, SecurableType type, TableName name, Privilege privilege) {
        RootSnapshot root = locate.root();
        Optional<CatalogNode> catalog = root.find(name.catalog());
        if (catalog.isEmpty()) return false;
        Optional<SchemaNode> schema =
                snapshots.anywhere(catalog.get().catalog()).find(name.schema().schema());
        return schema.flatMap(node -> node.assets().find(type, name.table()))
                .map(asset -> Authorizer.mayUse(root, catalog.get(), schema.get(), asset, caller, privilege))
                .orElse(false);
    }

    /** The scope of the key that seals what is in the catalog. */
    public Optional<String> keyScope(EntityName catalog) {
        return locate.root()
                .find(catalog)
                .flatMap(node -> Optional.ofNullable(node.catalog().keyScope()));
    }

    /**
     * Tables in the order of their names, for callers that have checked the right to them by other means.
     *
     * @param after the name that they lie behind; empty for the first ones
     * @param most fewer are answered only where no more follow
     */
    public List<Tables.Usable> tables(SchemaName name, String after, int most) {
        List<Tables.Usable> found = new ArrayList<>();
        Optional<String> from = Optional.of(after.isEmpty() ? "" : after + JUST_AFTER);
        while (from.isPresent() && found.size() < most) from = read(name, from.get(), most, found);
        return found;
    }

    /** Answers where the tables go on. */
    private Optional<String> read(SchemaName name, String from, int most, List<Tables.Usable> found) {
        Optional<CatalogNode> catalog = locate.root().find(name.catalog());
        if (catalog.isEmpty()) return Optional.empty();
        CatalogSnapshot contents = snapshots.anywhere(catalog.get().catalog(), name.schema(), from, most);
        Optional<SchemaNode> schema = contents.find(name.schema());
        if (schema.isEmpty()) return Optional.empty();
        Optional<String> keyScope = Optional.ofNullable(catalog.get().catalog().keyScope());
        TableIndex.Run run = schema.get().tables().from(from);
        for (int i = 0; i < run.nodes().size() && found.size() < most; i++) {
            TableRecord table = run.nodes().get(i).table();
            found.add(new Tables.Usable(table, keyScope));
        }
        return run.next();
    }
}
