package io.sluice.catalog.commits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one request makes of a table, without a store. */
class TableUpdateTest {
    private static final String ID = "2c5b1d5e-1111-4222-8333-444455556666";
    private static final Column DAY = column("day", 0, 0);
    private static final Column ID_COLUMN = column("id", 1, null);
    private static final TableChange COLUMNS =
            new TableChange.SetShape(List.of(column("id", 0, null), column("region", 1, null)), List.of("region"));

    @Test
    void whatChangesMeanTogetherDoesNotHangOnTheirOrder() {
        // All orders of five changes, of which some touch the same properties.
        DeltaProtocol more = new DeltaProtocol(
                3, 7, ManagedContract.REQUIRED.readerFeatures(), with(ManagedContract.REQUIRED.writerFeatures()));
        List<TableChange> changes = List.of(
                COLUMNS,
                new TableChange.SetProperties(Map.of("team", "sales")),
                new TableChange.SetProtocol(more),
                new TableChange.SetDomainMetadata(new DomainMetadata(Map.of("delta.rowTracking", "41"))),
                new TableChange.RemoveProperties(List.of("note")));
        Set<TableRecord> results = new HashSet<>();
        for (List<TableChange> order : permutations(changes)) results.add(apply(order.toArray(TableChange[]::new)));
        assertThat(results)
                .singleElement()
                .satisfies(next -> assertThat(next.properties())
                        .containsEntry("team", "sales")
                        .containsEntry("delta.feature.rowTracking", "supported")
                        .containsEntry("delta.rowTracking.rowIdHighWaterMark", "41")
                        .doesNotContainKey("note"));
    }

    @Test
    void newColumnsKeepThePartitioningOrAreRefused() {
        Column reordered = column("DAY", 1, null);
        TableRecord next = apply(new TableChange.SetShape(List.of(column("id", 0, null), reordered), null));
        assertThat(Partitions.namesOf(next.columns())).containsExactly("DAY");
        assertRefused(new TableChange.SetShape(List.of(column("id", 0, null)), null));
        assertRefused(new TableChange.SetShape(null, List.of("nowhere")));
        assertRefused(new TableChange.SetShape(null, List.of("id", "ID")));
        assertThat(Partitions.namesOf(apply(COLUMNS).columns())).containsExactly("region");
    }

    @Test
    void aMarkOfRowsAloneIsNoChangeOfTheTable() {
        TableRecord table = table();
        TableChange mark = new TableChange.SetDomainMetadata(new DomainMetadata(Map.of("delta.rowTracking", "41")));
        TableRecord tracked = table.changed(null, plus(table.properties(), "delta.feature.rowTracking"), table.stamp());
        TableRecord next = new TableUpdate(null, commit(), null, List.of(mark)).on(tracked, "ann", 9);
        assertThat(next.stamp()).isEqualTo(table.stamp());
        assertThat(SnapshotVersion.of(next)).isEmpty();
        assertThat(SnapshotVersion.of(apply(new TableChange.SetComment("new")))).contains(new SnapshotVersion(1, 5));
    }

    @Test
    void whatTheCatalogNeedsOfAManagedTableStays() {
        assertRefused(new TableChange.SetProtocol(new DeltaProtocol(1, 2, List.of(), List.of())));
        assertRefused(new TableChange.RemoveProperties(List.of(ManagedContract.TABLE_ID)));
        assertRefused(new TableChange.SetProperties(Map.of(ManagedContract.TABLE_ID, "another")));
        assertRefused(new TableChange.SetDomainMetadata(new DomainMetadata(Map.of("delta.clustering", "[]"))));
        assertRefused(new TableChange.SetProperties(Map.of("delta.universalFormat.enabledFormats", "iceberg")));
        assertRefused(new TableChange.SetSnapshotVersion(new SnapshotVersion(7, 700)));
    }

    @Test
    void aRequestThatContradictsItselfOrAsksNothingIsRefused() {
        assertThatThrownBy(() -> new TableUpdate(
                        null,
                        null,
                        null,
                        List.of(
                                new TableChange.SetProperties(Map.of("k", "v")),
                                new TableChange.RemoveProperties(List.of("k")))))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new TableUpdate(null, null, null, List.of())).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new TableUpdate(null, null, -1L, List.of())).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new TableChange.SetProperties(Map.of("delta.lastUpdateVersion", "9")))
                .isInstanceOf(Failure.class);
    }

    @Test
    void theFileOfACommitLiesInTheFolderOfTheTable() {
        for (String name : List.of("../../other", "a/b", "a\\b", "..", ".", " ", "a\nb", "x".repeat(256)))
            assertThatThrownBy(() -> new StagedCommit(1, 5, name, 10, 5))
                    .as(name)
                    .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new StagedCommit(0, 5, "a", 10, 5)).isInstanceOf(Failure.class);
    }

    private static void assertRefused(TableChange change) {
        assertThatThrownBy(() -> apply(change)).isInstanceOf(Failure.class);
    }

    private static TableRecord apply(TableChange... changes) {
        return new TableUpdate(null, commit(), null, List.of(changes)).on(table(), "ann", 9);
    }

    private static StagedCommit commit() {
        return new StagedCommit(1, 5, "a", 10, 5);
    }

    private static TableRecord table() {
        Map<String, String> properties = new HashMap<>(ManagedContract.requiredProperties(ID));
        properties.putAll(ManagedContract.REQUIRED.asProperties());
        properties.put("note", "of the first commit");
        return new TableRecord(
                ID,
                TableName.of("c", "s", "t"),
                TableType.MANAGED,
                "DELTA",
                List.of(DAY, ID_COLUMN),
                "file:///t",
                null,
                Map.copyOf(properties),
                Stamp.created("ann", 1),
                1);
    }

    private static Column column(String name, int position, @Nullable Integer partition) {
        return new Column(name, "bigint", null, "LONG", null, null, null, position, null, true, partition);
    }

    private static List<String> with(List<String> features) {
        List<String> more = new ArrayList<>(features);
        more.add("rowTracking");
        return more;
    }

    private static Map<String, String> plus(Map<String, String> properties, String feature) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(feature, "supported");
        return more;
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) return List.of(List.of());
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<T> others = new ArrayList<>(items);
            T first = others.remove(i);
            for (List<T> rest : permutations(others)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }
}
