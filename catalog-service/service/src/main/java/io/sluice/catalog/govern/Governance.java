package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.access.TokenUses;
import io.sluice.catalog.commits.Commits;
import io.sluice.catalog.mount.MountedContents;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.ModelVersionStore;
import io.sluice.catalog.store.PrincipalStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StagingStore;
import java.time.Clock;

/** All use cases of one metastore. */
public record Governance(
        Principals principals,
        Tokens tokens,
        SignIn signIn,
        Catalogs catalogs,
        Schemas schemas,
        SchemaContents schemaContents,
        Tables tables,
        DroppedTables droppedTables,
        ManagedTables managedTables,
        DeltaTables deltaTables,
        Assets assets,
        Volumes volumes,
        Models models,
        ExternalLocations externalLocations,
        Vending vending,
        Groups groups,
        Permissions permissions,
        Tags tags,
        EffectivePermissions effectivePermissions,
        AuditLog auditLog,
        History history,
        Authenticator authenticator) {

    static Governance over(
            SqlUnitOfWork work,
            Snapshots snapshots,
            Metastores.Trust trust,
            TokenUses uses,
            Retention retention,
            Clock clock) {
        CatalogStore store = new CatalogStore();
        MountedContents mounted = new MountedContents(trust.mounts());
        PrincipalStore people = new PrincipalStore(work.rootLog());
        Locator locate = new Locator(snapshots, mounted);
        Writes writes = new Writes(work, snapshots);
        Authenticator authenticator = new Authenticator(snapshots, trust.issuers(), uses, clock);
        Principals principals = new Principals(locate, writes, store, people, clock);
        Tokens tokens = new Tokens(locate, principals, writes, people, work, uses, clock);
        TakenLocations taken = new TakenLocations(work);
        Assets assets = new Assets(locate, writes, store, taken, clock);
        Targets targets = new Targets(locate);
        Permissions permissions = new Permissions(locate, targets, writes, store);
        ExternalLocations locations = new ExternalLocations(assets, locate);
        Models models = new Models(assets, locate, new ModelVersionStore(), work, clock);
        StagingStore staging = new StagingStore();
        DroppedTables dropped = new DroppedTables(locate, writes, store, taken, work, retention.droppedTables(), clock);
        Tables tables = new Tables(
                locate, writes, store, staging, snapshots, work, authenticator, taken, dropped, locations, clock);
        Commits commits = new Commits();
        TableWriter writer = new TableWriter(locate, writes, store, commits, work, clock);
        ManagedTables managed = new ManagedTables(locate, tables, writer, commits, staging, work, clock);
        return new Governance(
                principals,
                tokens,
                new SignIn(locate, tokens, trust.issuers(), authenticator, clock),
                new Catalogs(locate, writes, store, trust.keyScopes(), trust.mounts(), locations, clock),
                new Schemas(locate, writes, store, locations, clock),
                new SchemaContents(locate, snapshots),
                tables,
                dropped,
                managed,
                new DeltaTables(locate, tables, writer, writes, store, commits, work, clock),
                assets,
                new Volumes(assets, locate, locations),
                models,
                locations,
                new Vending(locate, tables, managed, assets, models, locations, taken, trust.vendor(), store, work),
                new Groups(locate, principals, writes, people, clock),
                permissions,
                new Tags(targets, work),
                new EffectivePermissions(permissions),
                new AuditLog(work, principals),
                new History(work, retention.auditLog(), clock),
                authenticator);
    }
}
