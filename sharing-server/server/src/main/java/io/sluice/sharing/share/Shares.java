package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.SharingAuthority.Action;
import io.sluice.sharing.recipient.DirectoryChanges;
import java.sql.Connection;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Managing shares. Who may: the share's owner, and administrators. */
public final class Shares {
    private final UnitOfWork work;
    private final ShareStore store;
    private final SharedTables tables;
    private final SharedAssets assets;
    private final TableChanges tableChanges;
    private final SchemaChanges schemaChanges;
    private final AssetChanges assetChanges;
    private final SharingAuthority authority;
    private final DirectoryChanges directory;
    private final Clock clock;

    public Shares(
            UnitOfWork work,
            ShareStore store,
            SharedTables tables,
            SharedAssets assets,
            TableLogs logs,
            SharingAuthority authority,
            DirectoryChanges directory,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.tables = tables;
        this.assets = assets;
        this.tableChanges = new TableChanges(store, tables, logs, clock);
        this.schemaChanges = new SchemaChanges(store, tables, clock);
        this.assetChanges = new AssetChanges(store, assets, clock);
        this.authority = authority;
        this.directory = directory;
        this.clock = clock;
    }

    public ShareView create(String principal, ShareName name, Optional<String> comment, UrlLife urlLife) {
        authority.require(principal, Action.CREATE_SHARE);
        Share share = new Share(
                ShareId.random(), name, principal, comment, urlLife, Authorship.createdBy(principal, clock.instant()));
        return write(principal, "createShare", name, tx -> {
            if (!store.insert(tx.connection(), share)) throw taken(name);
            return view(tx.connection(), share);
        });
    }

    public ShareView get(String principal, ShareName name) {
        return work.read(connection -> view(connection, managed(connection, principal, name)));
    }

    /** Those that the principal manages, by name. */
    public Page<Share> list(String principal, PageRequest page) {
        List<Share> mine = work.read(store::all).stream()
                .filter(share -> manages(principal, share))
                .sorted(Comparator.comparing(Share::name))
                .toList();
        return Page.of(mine, share -> share.name().value(), page);
    }

    /** All changes or none. */
    public ShareView update(String principal, ShareName name, SharePatch patch) {
        TableChanges.Prepared prepared = tableChanges.prepare(principal, get(principal, name), patch);
        return write(principal, "updateShare", name, tx -> {
            Share share = managed(tx.connection(), principal, name);
            Share changed = patch.applyTo(share, share.authorship().updatedBy(principal, clock.instant()));
            if (!changed.owner().equals(share.owner())) requireNoGain(tx.connection(), principal, share);
            if (!store.update(tx.connection(), changed)) throw taken(changed.name());
            for (SharePatch.ObjectChange change : patch.changes())
                if (change instanceof SharePatch.TableChange table)
                    tableChanges.apply(tx.connection(), principal, changed, table, prepared);
                else if (change instanceof SharePatch.SchemaChange schema)
                    schemaChanges.apply(tx.connection(), principal, changed, schema);
                else if (change instanceof SharePatch.AssetChange asset)
                    assetChanges.apply(tx.connection(), principal, changed, asset);
            return view(tx.connection(), changed);
        });
    }

    /** Ends all access by the share at once. The tables stay. */
    public void delete(String principal, ShareName name) {
        write(principal, "deleteShare", name, tx -> {
            Share share = managed(tx.connection(), principal, name);
            store.delete(tx.connection(), share.id());
            return share;
        });
    }

    private void requireNoGain(Connection connection, String principal, Share share) {
        for (SharedObject object : store.objectsOf(connection, share.id()))
            tables.requireNoGain(principal, share, object);
        for (SharedSchema schema : store.schemasOf(connection, share.id()))
            tables.requireNoGain(principal, share, schema);
        for (SharedAsset asset : store.assetsOf(connection, share.id())) assets.requireNoGain(principal, share, asset);
    }

    private ShareView view(Connection connection, Share share) {
        return new ShareView(
                share,
                store.objectsOf(connection, share.id()).stream()
                        .map(object -> new ShareView.ObjectView(
                                object, tables.find(share, object).isPresent()))
                        .toList(),
                store.schemasOf(connection, share.id()).stream()
                        .map(schema -> new ShareView.SchemaView(schema, tables.isServed(share, schema)))
                        .toList(),
                store.assetsOf(connection, share.id()).stream()
                        .map(asset -> new ShareView.AssetView(asset, assets.isServed(share, asset)))
                        .toList());
    }

    Share managed(Connection connection, String principal, ShareName name) {
        Share share = store.find(connection, name)
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING, "Share \"%s\" does not exist. Create it first.", name));
        if (!manages(principal, share))
            throw Failure.denied("%s may not manage share \"%s\". Its owner %s may.", principal, name, share.owner());
        return share;
    }

    private boolean manages(String principal, Share share) {
        return share.owner().equals(principal) || authority.allows(principal, Action.MANAGE_EVERY_SHARE);
    }

    private <T> T write(String principal, String action, ShareName name, UnitOfWork.Write<T> write) {
        return work.write(Territory.ROOT, tx -> {
            T result = write.in(tx);
            tx.audit(AuditEntry.done(principal, "deltaSharing", action, Map.of("share", name.value())));
            tx.afterCommit(directory::changed);
            return result;
        });
    }

    private static Failure taken(ShareName name) {
        return Failure.alreadyExists(
                Failure.Subject.ANYTHING, "Share \"%s\" exists already. Choose another name.", name);
    }
}
