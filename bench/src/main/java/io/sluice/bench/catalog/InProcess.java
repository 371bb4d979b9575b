package io.sluice.bench.catalog;

import io.sluice.catalog.Estate;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.TrustedIssuers;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Retention;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.mount.MountedShares;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Migrations;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.vending.CredentialVendor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A catalog without a server: schema {@code c.s} over an empty database, and an admin. */
public record InProcess(Governance governance, Caller admin) {
    private static final long TABLE_BYTES = 64 << 20;

    public static InProcess over(Database database, Estate estate) {
        Clock clock = Clock.systemUTC();
        new Migrations(database).run(List.of("catalog"));
        SqlUnitOfWork work = new SqlUnitOfWork(database, estate, clock, () -> Origin.internal("bench"));
        CredentialVendor none = new CredentialVendor(
                request -> {
                    throw new UnsupportedOperationException("no credentials here");
                },
                clock);
        Governance governance = new Metastores(
                        work,
                        new Snapshots(work, new CatalogStore(), estate, TABLE_BYTES),
                        metastore -> new Metastores.Trust(
                                new TrustedIssuers(List.of(), clock), none, (scope, key) -> {}, MountedShares.NONE),
                        new Retention(Duration.ofDays(7), Duration.ofDays(365)),
                        clock)
                .first();
        Caller admin = new Caller("admin");
        governance.principals().found("bench", admin.name());
        governance.catalogs().create(admin, new NewCatalog("c", null, Map.of(), null, null));
        governance.schemas().create(admin, new NewSchema("c", "s", null, Map.of(), null));
        return new InProcess(governance, admin);
    }

    /** Makes table {@code c.s.NAME}. */
    public void create(String name) {
        NewTable table = new NewTable(
                "c", "s", name, TableType.EXTERNAL, "DELTA", List.of(), "s3://lake/" + name, null, Map.of());
        governance.tables().create(admin, table);
    }
}
