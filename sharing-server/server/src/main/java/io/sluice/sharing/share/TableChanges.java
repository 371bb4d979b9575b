package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts tables into shares, changes how they are shared, and takes them out. */
final class TableChanges {
    private final ShareStore store;
    private final SharedTables tables;
    private final TableLogs logs;
    private final Clock clock;

    TableChanges(ShareStore store, SharedTables tables, TableLogs logs, Clock clock) {
        this.store = store;
        this.tables = tables;
        this.logs = logs;
        this.clock = clock;
    }

    /** What had to be asked before the transaction, which waits for no store: newest versions by table. */
    record Prepared(Map<TableName, Long> newest) {}

    /** Also refuses what the tables' logs speak against. */
    Prepared prepare(String principal, ShareView share, SharePatch patch) {
        List<SharePatch.TableChange> changes = patch.changes().stream()
                .filter(SharePatch.TableChange.class::isInstance)
                .map(SharePatch.TableChange.class::cast)
                .toList();
        Map<TableName, Long> newest = newestVersions(share, principal, changes);
        requirePartitionColumns(share, principal, changes);
        return new Prepared(newest);
    }

    void apply(Connection connection, String principal, Share share, SharePatch.TableChange change, Prepared prepared) {
        long now = prepared.newest().getOrDefault(change.table(), 0L);
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

    /** Of the tables whose history is shared from now on. */
    private Map<TableName, Long> newestVersions(
            ShareView share, String principal, List<SharePatch.TableChange> changes) {
        Map<TableName, Long> newest = new HashMap<>();
        for (SharePatch.TableChange change : changes)
            if (startsNow(share, change))
                newest.put(
                        change.table(), logs.newest(tables.requireShareable(principal, share.share(), change.table())));
        return newest;
    }

    /** A column that is misspelt would share nothing, and nobody would know why. */
    private void requirePartitionColumns(ShareView share, String principal, List<SharePatch.TableChange> changes) {
        for (SharePatch.TableChange change : changes) {
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

    private static boolean startsNow(ShareView share, SharePatch.TableChange change) {
        if (change instanceof SharePatch.Add add) return add.wish().history().startsNow(SharedHistory.NONE);
        if (!(change instanceof SharePatch.Update update)) return false;
        return share.objects().stream()
                .map(ShareView.ObjectView::object)
                .anyMatch(object -> object.table().equals(update.table())
                        && update.wish().history().startsNow(object.history()));
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
}
