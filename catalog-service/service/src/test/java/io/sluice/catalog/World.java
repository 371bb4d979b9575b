package io.sluice.catalog;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.FakeIssuer;
import io.sluice.catalog.access.TrustedIssuer;
import io.sluice.catalog.access.TrustedIssuers;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Retention;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Migrations;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.CredentialVendor;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.name.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A founded metastore over a real database, with an admin; opened again it is a second pod on the same store. */
final class World implements AutoCloseable {
    static final Caller ADMIN = new Caller("admin");
    static final Origin ORIGIN = new Origin("request-1", "192.0.2.7", "a client/1.0");

    /** What the clouds were asked for, in order. */
    final List<CredentialVendor.Request> issued = new CopyOnWriteArrayList<>();

    final FakeShares mounts = new FakeShares();
    private final CredentialVendor vendor = new CredentialVendor(this::issue, Clock.systemUTC());

    static final Duration KEPT_AFTER_DROP = Duration.ofDays(7);
    static final Duration AUDIT_KEPT = Duration.ofDays(365);

    final LateClock clock = new LateClock();
    final Database database;
    final SqlUnitOfWork work;
    final Snapshots snapshots;
    final Metastores metastores;
    final Governance governance;
    final String adminToken = BearerToken.random(TokenRecord.Kind.PERSONAL);

    private static final long TABLE_BYTES = 64 << 20;
    static final String GROUPS_CLAIM = "groups";

    private World(Database database, Estate estate, Issuers issuers, long tableBytes) {
        this.database = database;
        this.work = new SqlUnitOfWork(database, estate, clock, () -> ORIGIN);
        this.snapshots = new Snapshots(work, new CatalogStore(), estate, tableBytes);
        this.metastores = new Metastores(
                work,
                snapshots,
                metastore -> new Metastores.Trust(
                        new TrustedIssuers(issuers.of(metastore), clock), vendor, (scope, key) -> {}, mounts),
                new Retention(KEPT_AFTER_DROP, AUDIT_KEPT),
                clock);
        this.governance = metastores.first();
    }

    /** Who is believed in a metastore, by its name; in the first one without. */
    interface Issuers {
        List<TrustedIssuer> of(Optional<String> metastore);
    }

    static World open(StoreUrl url) {
        return open(url, Estate.WHOLE);
    }

    static World open(StoreUrl url, Estate estate) {
        return open(url, estate, metastore -> List.of(), TABLE_BYTES);
    }

    static World trusting(StoreUrl url, FakeIssuer issuer) {
        return trusting(
                url, metastore -> metastore.isEmpty() ? List.of(trusted(issuer, FakeIssuer.AUDIENCE)) : List.of());
    }

    static World trusting(StoreUrl url, Issuers issuers) {
        return open(url, Estate.WHOLE, issuers, TABLE_BYTES);
    }

    static TrustedIssuer trusted(FakeIssuer issuer, String audience) {
        return new TrustedIssuer(
                issuer.url(),
                audience,
                Optional.empty(),
                Optional.empty(),
                Optional.of(GROUPS_CLAIM),
                Duration.ofSeconds(30));
    }

    static World withRoomFor(StoreUrl url, long tableBytes) {
        return open(url, Estate.WHOLE, metastore -> List.of(), tableBytes);
    }

    static World withRoomFor(StoreUrl url, Estate estate, long tableBytes) {
        return open(url, estate, metastore -> List.of(), tableBytes);
    }

    private static World open(StoreUrl url, Estate estate, Issuers issuers, long tableBytes) {
        Database database = Database.open(url);
        new Migrations(database).run(List.of("catalog"));
        World world = new World(database, estate, issuers, tableBytes);
        if (estate != Estate.WHOLE) return world;
        world.governance.principals().found("test", ADMIN.name());
        world.governance.tokens().adopt(ADMIN.name(), world.adminToken, "test", Duration.ofDays(1));
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
        return newTableAt(TableName.of(catalog, schema, name), "file:///lake/" + catalog + "/" + schema + "/" + name);
    }

    static NewTable newTableAt(TableName name, String location) {
        return new NewTable(
                name.schema().catalog().value(),
                name.schema().schema().value(),
                name.table().value(),
                TableType.EXTERNAL,
                "DELTA",
                List.of(),
                location,
                null,
                Map.of());
    }

    /** The clouds as far as the catalog sees them: keys that name what they were asked for. */
    private VendedCredentials issue(CredentialVendor.Request request) {
        issued.add(request);
        return new VendedCredentials.S3Keys(
                request.folder().text(),
                request.identity().toString(),
                "the-secret-key",
                Optional.of("the-session-token"),
                Optional.empty(),
                Instant.now().plusSeconds(3600));
    }

    @Override
    public void close() {
        database.close();
    }
}
