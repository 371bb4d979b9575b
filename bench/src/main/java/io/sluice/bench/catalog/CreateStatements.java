package io.sluice.bench.catalog;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
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
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.CredentialVendor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** SQL statements that one more table takes, BEGIN and COMMIT not counted. */
record CreateStatements(Path file) {
    private static final double MOST = 6;
    private static final long TABLE_BYTES = 64 << 20;

    Figure measure() {
        Clock clock = Clock.systemUTC();
        try (Database database = Database.open(StoreUrl.parse("sqlite:" + file))) {
            new Migrations(database).run(List.of("catalog"));
            SqlUnitOfWork work = new SqlUnitOfWork(database, Estate.WHOLE, clock, () -> Origin.internal("bench"));
            CredentialVendor none = new CredentialVendor(
                    request -> {
                        throw new UnsupportedOperationException("no credentials here");
                    },
                    clock);
            Governance governance = new Metastores(
                            work,
                            new Snapshots(work, new CatalogStore(), Estate.WHOLE, TABLE_BYTES),
                            metastore -> new Metastores.Trust(
                                    new TrustedIssuers(List.of(), clock), none, (scope, key) -> {}, MountedShares.NONE),
                            new Retention(Duration.ofDays(7), Duration.ofDays(365)),
                            clock)
                    .first();
            Caller admin = new Caller("admin");
            governance.principals().found("bench", admin.name());
            governance.catalogs().create(admin, new NewCatalog("c", null, Map.of(), null, null));
            governance.schemas().create(admin, new NewSchema("c", "s", null, Map.of(), null));
            create(governance, admin, "first");
            long before = database.statementsSent();
            create(governance, admin, "second");
            double statements = database.statementsSent() - before;
            return Figure.alone("create_sql_statements", statements, "statements", Better.LESS)
                    .within(MOST);
        }
    }

    private static void create(Governance governance, Caller admin, String name) {
        governance
                .tables()
                .create(
                        admin,
                        new NewTable(
                                "c",
                                "s",
                                name,
                                TableType.EXTERNAL,
                                "DELTA",
                                List.of(),
                                "s3://lake/" + name,
                                null,
                                Map.of()));
    }
}
