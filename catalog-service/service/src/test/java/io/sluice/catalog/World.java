package io.sluice.catalog;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Migrations;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.CredentialVendor;
import io.sluice.catalog.vending.VendedCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A founded metastore over a real database, with an admin; opened again it is a second pod on the same store. */
final class World implements AutoCloseable {
    static final Caller ADMIN = new Caller("admin");

    /** Amazon's token service as far as the catalog sees it: sessions that name what they were asked for. */
    private final CredentialVendor vendor = new CredentialVendor(
            (role, access, location) -> new VendedCredentials.AwsSession(
                    location,
                    role.arn(),
                    access.name(),
                    "session",
                    Instant.now().plusSeconds(3600)),
            Clock.systemUTC());

    final Database database;
    final SqlUnitOfWork work;
    final Governance governance;
    final String adminToken = BearerToken.random();

    private World(Database database, Estate estate, Clock clock) {
        this.database = database;
        this.work = new SqlUnitOfWork(database, estate, clock, () -> "request-1");
        Snapshots snapshots = new Snapshots(work, new CatalogStore(), estate);
        this.governance = Governance.over(work, snapshots, (scope, key) -> {}, vendor, clock);
    }

    static World open(StoreUrl url) {
        return open(url, Estate.WHOLE);
    }

    static World open(StoreUrl url, Estate estate) {
        return open(url, estate, Clock.systemUTC());
    }

    static World open(StoreUrl url, Estate estate, Clock clock) {
        Database database = Database.open(url);
        new Migrations(database).run(List.of("catalog"));
        World world = new World(database, estate, clock);
        if (estate != Estate.WHOLE) return world;
        world.governance.principals().found("test", ADMIN.name());
        world.governance.principals().adopt(ADMIN.name(), world.adminToken, "test", Duration.ofDays(1));
        return world;
    }

    Caller user(String name) {
        governance.principals().createUser(ADMIN, name, name);
        return new Caller(name);
    }

    void catalog(String name) {
        governance.catalogs().create(ADMIN, new NewCatalog(name, null, Map.of(), null, null));
    }

    void schema(String catalog, String name) {
        governance.schemas().create(ADMIN, new NewSchema(catalog, name, null, Map.of(), null));
    }

    void table(String catalog, String schema, String name) {
        governance.tables().create(ADMIN, newTable(catalog, schema, name));
    }

    static NewTable newTable(String catalog, String schema, String name) {
        return new NewTable(
                catalog,
                schema,
                name,
                TableType.EXTERNAL,
                "DELTA",
                List.of(),
                "file:///lake/" + catalog + "/" + schema + "/" + name,
                null,
                Map.of());
    }

    @Override
    public void close() {
        database.close();
    }
}
