package io.sluice.server.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.SchemaContents;
import io.sluice.catalog.govern.Tables;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.share.ShareCatalog;
import io.sluice.sharing.share.SharedTable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalog in sharing's words. */
final class CatalogForSharing implements ShareCatalog {
    /** Reading a table out of the catalog's memory takes longer than all the rest of a small answer. */
    private static final int LATELY_ASKED = 4_096;

    private final Tables tables;
    private final SchemaContents schemas;
    private final Cache<TableName, Found> found =
            Caffeine.newBuilder().maximumSize(LATELY_ASKED).build();

    private record Found(long version, SharedTable table) {}

    CatalogForSharing(Tables tables, SchemaContents schemas) {
        this.tables = tables;
        this.schemas = schemas;
    }

    @Override
    public Optional<SharedTable> find(TableName name) {
        return tables.versionOf(name).flatMap(version -> find(name, version));
    }

    private Optional<SharedTable> find(TableName name, long version) {
        @Nullable Found known = found.getIfPresent(name);
        if (known != null && known.version() == version) return Optional.of(known.table());
        Optional<SharedTable> table = tables.find(name).map(CatalogForSharing::shared);
        // It may be newer than the version that was asked for, and is then looked up once more the next time.
        table.ifPresent(fresh -> found.put(name, new Found(version, fresh)));
        return table;
    }

    @Override
    public SharedTable requireShareable(String principal, TableName name) {
        SharedTable table =
                find(name).orElseThrow(() -> Failure.notFound(Failure.Subject.TABLE, "Table %s does not exist.", name));
        if (!tables.mayUse(new Caller(principal), name, Privilege.SELECT))
            throw Authorizer.denied(new Caller(principal), "share table", name);
        return table;
    }

    @Override
    public Optional<String> schemaId(SchemaName name) {
        return schemas.idOf(name);
    }

    @Override
    public String requireShareableSchema(String principal, SchemaName name) {
        String id = schemaId(name)
                .orElseThrow(() -> Failure.notFound(Failure.Subject.SCHEMA, "Schema %s does not exist.", name));
        if (!schemas.mayUse(new Caller(principal), name, Privilege.SELECT))
            throw Authorizer.denied(new Caller(principal), "share schema", name);
        return id;
    }

    @Override
    public List<SharedTable> tablesOf(SchemaName schema, String after, int most) {
        return schemas.tables(schema, after, most).stream()
                .map(CatalogForSharing::shared)
                .toList();
    }

    private static SharedTable shared(Tables.Usable usable) {
        return new SharedTable(
                usable.table().id(),
                usable.table().name(),
                CatalogTables.format(usable.table()),
                URI.create(usable.table().location()),
                usable.keyScope(),
                usable.table().owner(),
                Optional.ofNullable(usable.table().comment()));
    }
}
