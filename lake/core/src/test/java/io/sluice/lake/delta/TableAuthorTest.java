package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableAuthorTest {
    private static final TableSchema ALL_TYPES = TableSchema.of(
            Column.required("id", ColumnType.LONG),
            Column.of("name", ColumnType.STRING),
            Column.of("count", ColumnType.INTEGER),
            Column.of("ratio", ColumnType.DOUBLE),
            Column.of("price", ColumnType.decimal(12, 2)),
            Column.of("day", ColumnType.DATE),
            Column.of("at", ColumnType.TIMESTAMP),
            Column.of("good", ColumnType.BOOLEAN));

    @TempDir
    Path folder;

    private ObjectStore store;
    private TableAuthor author;

    @BeforeEach
    void open() throws IOException {
        store = LocalObjectStore.at(folder);
        author = TableAuthor.at(store);
    }

    @Test
    void everyTypeIsReadBackAsItWasWritten() throws IOException {
        author.create(ALL_TYPES, List.of(), Map.of());
        List<TableRow> rows =
                List.of(full(1), full(2), TableRow.of(ALL_TYPES, 3L, null, null, null, null, null, null, null));

        assertThat(author.append(rows)).isEqualTo(1);
        assertThat(TableReader.latest(store).rows(10)).isEqualTo(rows);
        assertThat(TableReader.latest(store).schema()).isEqualTo(ALL_TYPES);
    }

    @Test
    void filesCarryStatisticsOfEveryColumn() throws IOException {
        author.create(ALL_TYPES, List.of(), Map.of());
        author.append(List.of(full(1), full(2)));

        DataFile file = DeltaLog.at(store).snapshot().files().get(0);
        assertThat(file.size()).isPositive();
        var stats = LogJson.MAPPER.readTree(file.add().get("stats").asText());
        assertThat(stats.get("numRecords").asLong()).isEqualTo(2);
        assertThat(stats.get("minValues").get("id").asLong()).isEqualTo(1);
        assertThat(stats.get("maxValues").get("name").asText()).isEqualTo("name 2");
        assertThat(stats.get("nullCount").get("price").asLong()).isZero();
        assertThat(stats.get("minValues").get("day").asText()).isEqualTo("2026-03-02");
    }

    @Test
    void partitionsOfAnyValueAreReadBack() throws IOException {
        TableSchema schema = TableSchema.of(
                Column.of("p", ColumnType.STRING),
                Column.of("v", ColumnType.LONG),
                Column.of("d", ColumnType.DATE),
                Column.of("t", ColumnType.TIMESTAMP));
        author.create(schema, List.of("p", "d", "t"), Map.of());
        List<TableRow> rows = new ArrayList<>();
        for (String p : List.of("plain", "a b/c", "100%", "é:=", "x%20y"))
            rows.add(TableRow.of(
                    schema, p, 1L, LocalDate.of(2026, 1, 31), Instant.parse("2026-01-31T23:59:59.000001Z")));
        rows.add(TableRow.of(schema, null, 2L, null, null));
        author.append(rows);

        assertThat(TableReader.latest(store).rows(100)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(DeltaLog.at(store).snapshot().partitionColumns()).containsExactly("p", "d", "t");
    }

    @Test
    void deletedRowsAreHiddenByVectorsUntilAFileIsEmpty() throws IOException {
        TableSchema schema = numbers();
        author.create(schema, List.of(), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        author.append(range(schema, 0, 100));
        author.append(range(schema, 100, 200));

        assertThat(author.deleteWhere(row -> DemoTable.n(row) % 10 == 3)).isEqualTo(3);
        TableSnapshot first = DeltaLog.at(store).snapshot();
        assertThat(first.files())
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.deletionVector()).isPresent());
        assertThat(TableReader.latest(store).contentHash().rows()).isEqualTo(180);

        author.deleteWhere(row -> DemoTable.n(row) < 100);
        TableSnapshot second = DeltaLog.at(store).snapshot();
        assertThat(second.files()).hasSize(1);
        assertThat(TableReader.latest(store).contentHash().rows()).isEqualTo(90);
        assertThat(TableReader.at(store, 2).contentHash().rows()).isEqualTo(200);
    }

    @Test
    void deletingNothingCommitsNothing() throws IOException {
        TableSchema schema = numbers();
        author.create(schema, List.of(), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        author.append(range(schema, 0, 10));

        assertThat(author.deleteWhere(row -> false)).isEqualTo(1);
    }

    @Test
    void equalContentsHashAlikeWhateverTheFiles() throws IOException {
        TableSchema schema = numbers();
        author.create(schema, List.of(), Map.of());
        author.append(range(schema, 0, 50));
        author.append(range(schema, 50, 60));
        ObjectStore other = LocalObjectStore.at(folder.resolve("other"));
        TableAuthor.at(other).create(schema, List.of(), Map.of());
        List<TableRow> backwards = new ArrayList<>(range(schema, 0, 60));
        java.util.Collections.reverse(backwards);
        TableAuthor.at(other).append(backwards);

        assertThat(TableReader.latest(other).contentHash())
                .isEqualTo(TableReader.latest(store).contentHash());
        TableAuthor.at(other).append(range(schema, 7, 8));
        assertThat(TableReader.latest(other).contentHash())
                .isNotEqualTo(TableReader.latest(store).contentHash());
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsReason() throws IOException {
        author.create(ALL_TYPES, List.of(), Map.of());

        assertThatThrownBy(() -> author.create(ALL_TYPES, List.of(), Map.of()))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
        assertRefused("takes no nulls", null, null, null, null, null, null, null, null);
        assertRefused("takes a String", 1L, 5, null, null, null, null, null, null);
        assertRefused("does not fit", 1L, null, null, null, new BigDecimal("1.234"), null, null, null);
        assertThatThrownBy(() -> author.deleteWhere(row -> true)).hasMessageContaining("no deletion vectors");
        assertThatThrownBy(() -> TableAuthor.at(LocalObjectStore.at(folder.resolve("x")))
                        .create(TableSchema.of(Column.of("b", new ColumnType("binary"))), List.of(), Map.of()))
                .hasMessageContaining("binary");
        assertThatThrownBy(() -> TableAuthor.at(LocalObjectStore.at(folder.resolve("x")))
                        .create(ALL_TYPES, List.of(), Map.of("delta.columnMapping.mode", "name")))
                .hasMessageContaining("not written here");
    }

    private void assertRefused(String reason, @Nullable Object... values) {
        assertThatThrownBy(() -> author.append(List.of(TableRow.of(ALL_TYPES, values))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(reason);
    }

    private static TableRow full(int n) {
        return TableRow.of(
                ALL_TYPES,
                (long) n,
                "name " + n,
                n * 10,
                n / 4.0,
                new BigDecimal(n + ".50"),
                LocalDate.of(2026, 3, 1 + n),
                Instant.parse("2026-03-01T12:00:00.123456Z").plusSeconds(n),
                n % 2 == 0);
    }

    private static TableSchema numbers() {
        return TableSchema.of(Column.required("n", ColumnType.LONG), Column.of("text", ColumnType.STRING));
    }

    private static List<TableRow> range(TableSchema schema, long from, long to) {
        List<TableRow> rows = new ArrayList<>();
        for (long n = from; n < to; n++) rows.add(TableRow.of(schema, n, "row " + n));
        return rows;
    }
}
