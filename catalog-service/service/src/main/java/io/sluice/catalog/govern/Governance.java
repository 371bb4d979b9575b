package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import java.time.Clock;

/** All use cases over one store and one set of snapshots. */
public record Governance(
        Principals principals,
        Catalogs catalogs,
        Schemas schemas,
        Tables tables,
        Permissions permissions,
        AuditLog auditLog,
        Authenticator authenticator) {

    public static Governance over(SqlUnitOfWork work, Snapshots snapshots, KeyScopes keyScopes, Clock clock) {
        CatalogStore store = new CatalogStore();
        Locator locate = new Locator(snapshots);
        Writes writes = new Writes(work, snapshots);
        Authenticator authenticator = new Authenticator(snapshots, clock);
        Principals principals = new Principals(locate, writes, store, clock);
        return new Governance(
                principals,
                new Catalogs(locate, writes, store, keyScopes, clock),
                new Schemas(locate, writes, store, clock),
                new Tables(locate, writes, store, snapshots, work, authenticator, clock),
                new Permissions(locate, writes, store),
                new AuditLog(work, principals),
                authenticator);
    }
}
