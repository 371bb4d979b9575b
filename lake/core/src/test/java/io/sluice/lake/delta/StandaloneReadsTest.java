package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.Snapshot;
import io.delta.standalone.data.CloseableIterator;
import io.delta.standalone.data.RowRecord;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another implementation of Delta reads what we write: our own misunderstandings would not show in our own reader. It
 * knows neither deletion vectors nor timestamps of 64 bits, which kernel and all others write today.
 */
final class StandaloneReadsTest {
    private static final TableSchema SCHEMA = TableSchema.of(
            Column.required("n", ColumnType.LONG),
            Column.of("part", ColumnType.STRING),
            Column.of("count", ColumnType.INTEGER),
            Column.of("ratio", ColumnType.DOUBLE),
            // Longer than 18 digits: the reader at hand mistakes the scale of shorter ones, Spark's as well as ours.
            Column.of("price", ColumnType.decimal(20, 2)),
            Column.of("day", ColumnType.DATE),
            Column.of("good", ColumnType.BOOLEAN));

    @TempDir
    Path folder;

    @Test
    void anotherReaderSeesTheSameRowsAndCheckpoint() throws IOException {
        ObjectStore store = LocalObjectStore.at(folder);
        TableAuthor author = TableAuthor.at(store);
        author.create(SCHEMA, List.of("part"), Map.of());
        author.append(rows(0, 20));
        DeltaLogWriter.at(store).writeCheckpoint(1);
        author.append(rows(20, 25));

        Snapshot snapshot =
                DeltaLog.forTable(new Configuration(), folder.toString()).snapshot();
        assertThat(snapshot.getVersion()).isEqualTo(2);
        List<TableRow> seen = new ArrayList<>();
        try (CloseableIterator<RowRecord> records = snapshot.open()) {
            while (records.hasNext()) seen.add(row(records.next()));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(rows(0, 25));
    }

    private static TableRow row(RowRecord record) {
        return TableRow.of(
                SCHEMA,
                record.getLong("n"),
                record.getString("part"),
                record.getInt("count"),
                record.getDouble("ratio"),
                record.getBigDecimal("price").setScale(2),
                record.getDate("day").toLocalDate(),
                record.getBoolean("good"));
    }

    private static List<TableRow> rows(long from, long to) {
        List<TableRow> rows = new ArrayList<>();
        for (long n = from; n < to; n++)
            rows.add(TableRow.of(
                    SCHEMA,
                    n,
                    "p " + n % 3,
                    (int) n * 10,
                    n / 8.0,
                    BigDecimal.valueOf(n * 100 + 25, 2),
                    LocalDate.of(2026, 1, 1).plusDays(n),
                    n % 2 == 0));
        return rows;
    }
}
