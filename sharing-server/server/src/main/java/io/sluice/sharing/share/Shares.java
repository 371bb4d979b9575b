package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.SharingAuthority.Action;
import io.sluice.sharing.recipient.DirectoryChanges;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Managing shares. Who may: the share's owner, and administrators. */
public final class Shares {
    private final UnitOfWork work;
    private final ShareStore store;
    private final SharedTables tables;
    private final TableLogs logs;
    private final SharingAuthority authority;
    private final DirectoryChanges directory;
    private final Clock clock;

    public Shares(
            UnitOfWork work,
            ShareStore store,
            SharedTables tables,
            TableLogs logs,
            SharingAuthority authority,
            DirectoryChanges directory,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.tables = tables;
        this.logs = logs;
        this.authority = authority;
        this.directory = directory;
        this.clock = clock;
    }

    public ShareView create(String principal, ShareName name, Optional<String> comment) {
        authority.require(principal, Action.CREATE_SHARE);
        Share share =
                new Share(ShareId.random(), name, principal, comment, Authorship.createdBy(principal, clock.instant()));
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
        ShareView before = get(principal, name);
        Map<TableName, Long> newest = newestVersions(before, principal, patch);
        requirePartitionColumns(before, principal, patch);
        return write(principal, "updateShare", name, tx -> {
            Share share = managed(tx.connection(), principal, name);
            Share changed = patch.applyTo(share, share.authorship().updatedBy(principal, clock.instant()));
            if (!changed.owner().equals(share.owner()))
                for (SharedObject object : store.objectsOf(tx.connection(), share.id()))
                    tables.requireNoGain(principal, share, object);
            if (!store.update(tx.connection(), changed)) throw taken(changed.name());
            for (SharePatch.ObjectChange change : patch.changes()) apply(tx, principal, changed, change, newest);
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

    /** Of the tables whose history is shared from now on. Asked before the transaction, which waits for no store. */
    private Map<TableName, Long> newestVersions(ShareView share, String principal, SharePatch patch) {
        Map<TableName, Long> newest = new HashMap<>();
        for (SharePatch.ObjectChange change : patch.changes())
            if (startsNow(share, change))
                newest.put(
                        change.table(), logs.newest(tables.requireShareable(principal, share.share(), change.table())));
        return newest;
    }

    /** A column that is misspelt would share nothing, and nobody would know why. */
    private void requirePartitionColumns(ShareView share, String principal, SharePatch patch) {
        for (SharePatch.ObjectChange change : patch.changes()) {
            Set<String> named = change.wished()
                    .flatMap(ObjectWish::partitions)
                    .map(SharedPartitions::columns)
                    .orElse(Set.of());
            if (named.isEmpty()) continue;
            List<String> columns =
                    logs.partitionColumns(tables.requireShareable(principal, share.share(), change.table()));
            for (String column : named)
                if (!columns.contains(column))
                    throw Failure.invalid(
                            "Table %s is not partitioned by \"%s\"; its partition columns are: %s.",
                            change.table(), column, String.join(", ", columns));
        }
    }

    private static boolean startsNow(ShareView share, SharePatch.ObjectChange change) {
        if (change instanceof SharePatch.Add add) return add.wish().history().startsNow(SharedHistory.NONE);
        if (!(change instanceof SharePatch.Update update)) return false;
        return share.objects().stream()
                .map(ShareView.ObjectView::object)
                .anyMatch(object -> object.table().equals(update.table())
                        && update.wish().history().startsNow(object.history()));
    }

    private void apply(
            Transaction tx,
            String principal,
            Share share,
            SharePatch.ObjectChange change,
            Map<TableName, Long> newest) {
        long now = newest.getOrDefault(change.table(), 0L);
        Connection connection = tx.connection();
        if (change instanceof SharePatch.Add add) {
            put(connection, share, newObject(principal, share, add, now));
        } else if (change instanceof SharePatch.Update update) {
            SharedObject object = object(connection, share, update.table());
            store.removeObject(connection, object);
            put(connection, share, changedObject(object, update.wish(), now));
        } else if (change instanceof SharePatch.Remove remove) {
            store.removeObject(connection, object(connection, share, remove.table()));
        }
    }

    private SharedObject newObject(String principal, Share share, SharePatch.Add add, long newest) {
        SharedTable table = tables.requireShareable(principal, share, add.table());
        Instant now = clock.instant();
        return new SharedObject(
                share.id(),
                table.id(),
                table.name(),
                add.wish().sharedAs().orElse(SharedAs.of(table.name())),
                add.wish().comment(),
                add.wish().history().from(SharedHistory.NONE, newest),
                add.wish().partitions().orElse(SharedPartitions.ALL),
                now,
                principal);
    }

    private static SharedObject changedObject(SharedObject object, ObjectWish wish, long newest) {
        return new SharedObject(
                object.share(),
                object.tableId(),
                object.table(),
                wish.sharedAs().orElse(object.sharedAs()),
                wish.comment().isPresent() ? wish.comment() : object.comment(),
                wish.history().from(object.history(), newest),
                wish.partitions().orElse(object.partitions()),
                object.addedAt(),
                object.addedBy());
    }

    private void put(Connection connection, Share share, SharedObject object) {
        if (!store.addObject(connection, object))
            throw Failure.alreadyExists(
                    Failure.Subject.ANYTHING,
                    "Share \"%s\" holds table %s, or another one as %s, already. Remove that one, or choose another "
                            + "shared_as.",
                    share.name(),
                    object.table(),
                    object.sharedAs());
    }

    private SharedObject object(Connection connection, Share share, TableName table) {
        return store.objectsOf(connection, share.id()).stream()
                .filter(object -> object.table().equals(table))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING, "Share \"%s\" does not hold table %s.", share.name(), table));
    }

    private ShareView view(Connection connection, Share share) {
        return new ShareView(
                share,
                store.objectsOf(connection, share.id()).stream()
                        .map(object -> new ShareView.ObjectView(
                                object, tables.find(share, object).isPresent()))
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
