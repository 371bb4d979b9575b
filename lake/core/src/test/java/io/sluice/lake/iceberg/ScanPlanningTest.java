package io.sluice.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables, with partitions that change, nulls, rewrites and rollbacks: Iceberg's own planning is the measure. */
final class ScanPlanningTest {
    private static final int STEPS = 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 8, 11, 12})
    void theIndexHoldsWhatIcebergWouldScan(long seed) throws IOException {
        ObjectStore store = LocalObjectStore.at(folder);
        RandomTable random = RandomTable.create(store, new Random(seed));
        IcebergLog log = IcebergLog.at(store);
        TableSnapshot known = log.snapshot();
        Map<Long, TableSnapshot> seen = new TreeMap<>();
        for (int step = 0; step < STEPS; step++) {
            random.step();
            random.table.refresh();
            known = log.newest(known);
            TableSnapshot fresh = IcebergLog.at(store).snapshot();
            // Whichever way it was read, it is told alike.
            assertThat(known.files()).as("seed %d, step %d", seed, step).isEqualTo(fresh.files());
            if (!fresh.files().isEmpty()) assertThat(known.partitionColumns()).isEqualTo(fresh.partitionColumns());
            assertSameFiles(store, random, fresh);
            seen.put(known.version(), known);
        }
        assertPastIsKept(log, random, seen);
    }

    private static void assertSameFiles(ObjectStore store, RandomTable random, TableSnapshot table) throws IOException {
        Map<String, org.apache.iceberg.DataFile> planned = random.planned().stream()
                .collect(Collectors.toMap(org.apache.iceberg.DataFile::location, Function.identity()));
        Map<String, DataFile> told = table.files().stream()
                .collect(Collectors.toMap(file -> location(store, file.path()), Function.identity()));
        assertThat(told.keySet()).isEqualTo(planned.keySet());
        for (var file : told.entrySet()) assertSame(random, table, file.getValue(), planned.get(file.getKey()));
    }

    private static void assertSame(
            RandomTable random, TableSnapshot table, DataFile told, org.apache.iceberg.DataFile planned)
            throws IOException {
        assertThat(told.size()).isEqualTo(planned.fileSizeInBytes());
        assertThat(told.partitionValues().byColumn().keySet()).containsExactlyElementsOf(table.partitionColumns());
        PartitionSpec spec = random.table.specs().get(planned.specId());
        for (String column : table.partitionColumns())
            assertThat(told.partitionValues().byColumn().get(column))
                    .isEqualTo(partitionValue(random, spec, planned, column));
        JsonNode stats = LogJson.MAPPER.readTree(told.add().path("stats").asText());
        assertThat(stats.path("numRecords").asLong()).isEqualTo(planned.recordCount());
        assertBounds(stats, planned);
    }

    private static String partitionValue(
            RandomTable random, PartitionSpec spec, org.apache.iceberg.DataFile file, String column) {
        int id = random.table.schema().findField(column).fieldId();
        List<PartitionField> fields = spec.fields();
        for (int i = 0; i < fields.size(); i++)
            if (fields.get(i).sourceId() == id && fields.get(i).transform().isIdentity()) {
                Object value = file.partition().get(i, Object.class);
                if (value == null) return null;
                return column.equals("day")
                        ? LocalDate.ofEpochDay((Integer) value).toString()
                        : value.toString();
            }
        throw new AssertionError(column + " is no partition of " + spec);
    }

    private static void assertBounds(JsonNode stats, org.apache.iceberg.DataFile planned) {
        Map<Integer, java.nio.ByteBuffer> highs =
                planned.upperBounds() == null ? new HashMap<>() : planned.upperBounds();
        JsonNode id = stats.path("maxValues").path("id");
        assertThat(id.isNumber()).isEqualTo(highs.containsKey(1));
        if (id.isNumber())
            assertThat(id.asLong())
                    .isEqualTo(Conversions.<Long>fromByteBuffer(Types.LongType.get(), highs.get(1))
                            .longValue());
        boolean hasPrice = highs.containsKey(4) && planned.nanValueCounts().get(4) == 0;
        assertThat(stats.path("maxValues").has("price")).isEqualTo(hasPrice);
    }

    /** Old versions of the line are as they were; what a rollback undid is in no version. */
    private static void assertPastIsKept(IcebergLog log, RandomTable random, Map<Long, TableSnapshot> seen)
            throws IOException {
        long newest = log.latestVersion(-1);
        assertThat(log.commitTimes(0, Long.MAX_VALUE).lastKey()).isEqualTo(newest);
        TableLine line = TableLine.of(random.table.operations().current());
        for (Map.Entry<Long, TableSnapshot> version : seen.entrySet())
            if (line.snapshots().containsKey(version.getKey()))
                assertThat(log.snapshot(version.getKey()).files())
                        .isEqualTo(version.getValue().files());
        if (newest == 0) return;
        TableSnapshot rebuilt = log.snapshot(line.oldest());
        for (var commit : log.changes(line.oldest() + 1, newest)) {
            TableSnapshot before = rebuilt;
            rebuilt = log.snapshot(commit.version());
            if (before.partitionColumns().equals(rebuilt.partitionColumns()))
                assertThat(before.files().after(commit).orElseThrow()).isEqualTo(rebuilt.files());
        }
    }

    private static String location(ObjectStore store, String path) {
        return store.root() + "/" + URI.create(path).getPath();
    }
}
