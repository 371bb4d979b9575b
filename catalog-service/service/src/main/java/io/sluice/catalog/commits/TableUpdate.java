package io.sluice.catalog.commits;

import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.failure.Failure;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that one request does to a table, as a whole or not at all. Decides only: no store, no clock.
 *
 * @param etag what the table must still have; null requires nothing
 * @param backfilled all versions up to it stand in the log by now; null says nothing about it
 * @param changes at most one of each kind, in the order in which they are applied
 */
public record TableUpdate(
        @Nullable String etag,
        @Nullable StagedCommit commit,
        @Nullable Long backfilled,
        List<TableChange> changes) {
    /** Callers list changes in any order; what they mean together must not hang on it. */
    private static final List<Class<? extends TableChange>> ORDER = List.of(
            TableChange.SetShape.class,
            TableChange.ReplaceProperties.class,
            TableChange.SetProperties.class,
            TableChange.RemoveProperties.class,
            TableChange.SetProtocol.class,
            TableChange.SetDomainMetadata.class,
            TableChange.RemoveDomainMetadata.class,
            TableChange.SetComment.class,
            TableChange.SetSnapshotVersion.class);

    public TableUpdate {
        changes = changes.stream()
                .sorted((one, other) -> Integer.compare(ORDER.indexOf(one.getClass()), ORDER.indexOf(other.getClass())))
                .toList();
        if (commit == null && backfilled == null && changes.isEmpty())
            throw Failure.invalid("The request changes nothing. Send a commit, a backfilled version or a change.");
        if (backfilled != null && backfilled < 0)
            throw Failure.invalid("The latest backfilled version is %d. Versions begin at 0.", backfilled);
        requireApart(changes);
    }

    public static String etagOf(TableRecord table) {
        return "v" + table.version();
    }

    /** Whether the table's own row takes part, not only the numbers of its versions. */
    public boolean readsTheTable() {
        return etag != null || !changes.isEmpty();
    }

    public void requireEtag(TableRecord table) {
        if (etag != null && !etag.equals(etagOf(table)))
            throw Failure.requirementNotMet(
                    "The etag of table %s is %s, not %s: somebody changed it. Load the table again and retry.",
                    table.name(), etagOf(table), etag);
    }

    /** The next version of the table's record. Requires that there are changes. */
    public TableRecord on(TableRecord table, String principal, long now) {
        Described described = Described.of(table);
        for (TableChange change : changes) described = change.on(described);
        boolean isOfMetadata = changes.stream().anyMatch(TableChange::isOfMetadata);
        if (commit != null && isOfMetadata) described = lastChangedBy(commit, described);
        if (described.isManaged()) ManagedContract.requireOwnId(described.properties(), table.id());
        DeltaAlone.require(described.properties());
        Stamp stamp = isOfMetadata ? table.stamp().updated(principal, now) : table.stamp();
        return table.described(described.comment(), described.columns(), described.properties(), stamp);
    }

    private static Described lastChangedBy(StagedCommit commit, Described described) {
        Map<String, String> properties = new HashMap<>(described.properties());
        properties.putAll(new SnapshotVersion(commit.version(), commit.timestamp()).asProperties());
        return described.withProperties(properties);
    }

    private static void requireApart(List<TableChange> changes) {
        Set<String> set = new TreeSet<>();
        Set<String> removed = new TreeSet<>();
        for (TableChange change : changes) {
            if (change instanceof TableChange.SetProperties of)
                add("property", of.updates().keySet(), set);
            if (change instanceof TableChange.RemoveProperties of) add("property", of.removals(), removed);
            if (change instanceof TableChange.SetDomainMetadata of)
                add("domain", of.updates().values().keySet(), set);
            if (change instanceof TableChange.RemoveDomainMetadata of) add("domain", of.domains(), removed);
        }
        set.retainAll(removed);
        if (!set.isEmpty())
            throw Failure.invalid("The request both sets and removes %s. Send one of the two.", String.join(", ", set));
    }

    private static void add(String kind, Collection<String> names, Set<String> to) {
        names.forEach(name -> to.add(kind + " " + name));
    }
}
