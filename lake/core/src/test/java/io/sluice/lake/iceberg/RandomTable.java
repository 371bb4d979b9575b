package io.sluice.lake.iceberg;

import io.sluice.lake.store.ObjectStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** A table that Iceberg writes by itself: steps drawn by chance, files by name only. */
final class RandomTable {
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "region", Types.StringType.get()),
            NestedField.optional(3, "day", Types.DateType.get()),
            NestedField.optional(4, "price", Types.DoubleType.get()));

    private static final List<String> REGIONS = List.of("north", "south", "a b/c%", "", "ü");

    private final Random random;
    final BaseTable table;
    private int files;

    private RandomTable(Random random, BaseTable table) {
        this.random = random;
        this.table = table;
    }

    static RandomTable create(ObjectStore store, Random random) {
        NumberedOperations operations = new NumberedOperations(store);
        PartitionSpec.Builder spec = PartitionSpec.builderFor(SCHEMA);
        if (random.nextBoolean()) spec.identity("region");
        if (random.nextBoolean()) spec.identity("day");
        if (random.nextInt(4) == 0) spec.bucket("id", 4);
        operations.commit(
                null,
                TableMetadata.newTableMetadata(
                        SCHEMA,
                        spec.build(),
                        operations.metadataFileLocation("").replace("/metadata/", ""),
                        // Manifests are merged early, so that entries move from one to another.
                        Map.of(TableProperties.MANIFEST_MIN_MERGE_COUNT, "3")));
        return new RandomTable(random, new BaseTable(operations, "random"));
    }

    void step() {
        switch (random.nextInt(12)) {
            case 0 -> deleteSome();
            case 1 -> compactSome();
            case 2 ->
                table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
            case 3 -> evolve();
            case 4 ->
                table.updateProperties().set("note", "n" + random.nextInt()).commit();
            case 5 ->
                table.updateSchema()
                        .addColumn("more" + table.schema().columns().size(), Types.StringType.get())
                        .commit();
            case 6 -> rollBack();
            default -> append();
        }
    }

    /** What Iceberg would scan. */
    List<DataFile> planned() throws java.io.IOException {
        List<DataFile> planned = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) planned.add(task.file().copy());
        }
        return planned;
    }

    private void append() {
        AppendFiles append = random.nextBoolean() ? table.newAppend() : table.newFastAppend();
        for (int i = random.nextInt(4); i >= 0; i--) append.appendFile(file());
        append.commit();
    }

    private void deleteSome() {
        DeleteFiles delete = table.newDelete();
        some().forEach(delete::deleteFile);
        delete.commit();
    }

    private void compactSome() {
        List<DataFile> inputs = some();
        if (inputs.isEmpty()) return;
        RewriteFiles rewrite = table.newRewrite();
        inputs.forEach(rewrite::deleteFile);
        // A rewrite never holds more rows than what it replaces.
        rewrite.addFile(file(1)).commit();
    }

    private void evolve() {
        boolean hasDay =
                table.spec().fields().stream().anyMatch(field -> field.name().equals("day"));
        var change = table.updateSpec();
        if (hasDay) change.removeField("day").commit();
        else change.addField("day").commit();
    }

    private void rollBack() {
        var history = table.history();
        if (history.isEmpty()) return;
        long target = history.get(random.nextInt(history.size())).snapshotId();
        table.manageSnapshots().setCurrentSnapshot(target).commit();
    }

    private List<DataFile> some() {
        try {
            return planned().stream().filter(file -> random.nextInt(3) == 0).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DataFile file() {
        return file(1 + random.nextInt(50));
    }

    private DataFile file(long rows) {
        GenericRecord row = GenericRecord.create(table.schema());
        row.setField("id", (long) random.nextInt(100));
        if (random.nextInt(5) > 0) row.setField("region", REGIONS.get(random.nextInt(REGIONS.size())));
        if (random.nextInt(5) > 0) row.setField("day", 20_000 + random.nextInt(3));
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        key.partition(row);
        return DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + key.toPath() + "/" + files++ + ".parquet")
                .withPartition(key)
                .withFileSizeInBytes(100 + random.nextInt(1000))
                .withMetrics(metrics(rows))
                .build();
    }

    private Metrics metrics(long rows) {
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, Long> notNumbers = new HashMap<>();
        Map<Integer, ByteBuffer> lows = new HashMap<>();
        Map<Integer, ByteBuffer> highs = new HashMap<>();
        if (random.nextInt(4) > 0) {
            long low = random.nextInt(50);
            nulls.put(1, 0L);
            lows.put(1, Conversions.toByteBuffer(Types.LongType.get(), low));
            highs.put(1, Conversions.toByteBuffer(Types.LongType.get(), low + random.nextInt(50)));
        }
        if (random.nextInt(4) > 0) {
            notNumbers.put(4, (long) random.nextInt(2));
            lows.put(4, Conversions.toByteBuffer(Types.DoubleType.get(), 0.25));
            highs.put(4, Conversions.toByteBuffer(Types.DoubleType.get(), 0.5 + random.nextInt(9)));
        }
        return new Metrics(rows, null, null, nulls, notNumbers, lows, highs);
    }
}
