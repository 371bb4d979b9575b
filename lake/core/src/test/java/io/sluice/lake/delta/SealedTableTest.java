package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.SealedStore;
import io.sluice.lake.store.TestSealer;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedTableTest {
    private static final TableSchema SCHEMA =
            TableSchema.of(Column.required("n", ColumnType.LONG), Column.of("canary_column", ColumnType.STRING));

    @TempDir
    Path folder;

    private final TestSealer sealer = new TestSealer();
    private SealedStore store;

    @BeforeEach
    void author() throws IOException {
        store = new SealedStore(LocalObjectStore.at(folder), sealer, "table-1");
        TableAuthor author = TableAuthor.at(store);
        author.create(SCHEMA, List.of(), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        author.append(rows(0, 50));
        author.append(rows(50, 60));
        author.deleteWhere(row -> DemoTable.n(row) % 10 == 0);
        DeltaLogWriter.at(store).writeCheckpoint(3);
        author.append(rows(60, 61));
    }

    @Test
    void kernelReadsDataVectorsLogAndCheckpointThroughTheSeal() throws IOException {
        Files.delete(folder.resolve(LogNames.commit(0))); // So that the checkpoint is needed.

        assertThat(DeltaLog.at(store).latestVersion(3)).isEqualTo(4);
        assertThat(TableReader.latest(store).rows(100))
                .hasSize(55)
                .contains(TableRow.of(SCHEMA, 60L, "canary 60"))
                .doesNotContain(TableRow.of(SCHEMA, 50L, "canary 50"));
    }

    @Test
    void nothingBelowTheFolderIsPlain() throws IOException {
        // Column names stand in log and checkpoint, values in data and statistics, and Parquet begins with PAR1.
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(10);
        assertThat(files).anyMatch(file -> file.getFileName().toString().startsWith("deletion_vector_"));
        for (Path file : files)
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("canary", "PAR1", "minValues", "protocol", "commitInfo");
    }

    @Test
    void theLogNamesPlainLengths() throws IOException {
        assertThat(DeltaLog.at(store).snapshot().files())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(sealer.sealedLength(file.size()))
                        .isEqualTo(Files.size(folder.resolve(file.path()))));
    }

    @Test
    void withoutTheSealThereIsNoTableToRead() throws IOException {
        assertThatThrownBy(() -> DeltaLog.at(LocalObjectStore.at(folder)).snapshot())
                .isInstanceOfAny(IOException.class, Failure.class);
    }

    @Test
    void aRevokedKeyLooksLikeOneThroughKernel() throws IOException {
        TableReader reader = TableReader.latest(store);
        sealer.revoke();

        assertThatThrownBy(() -> DeltaLog.at(store).snapshot()).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> DeltaLog.at(store).changes(4, 4)).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(reader::contentHash).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> TableAuthor.at(store).append(rows(1, 2))).isInstanceOf(KeyRevokedException.class);

        sealer.restore();
        assertThat(TableReader.latest(store).contentHash().rows()).isEqualTo(55);
    }

    private static List<TableRow> rows(long from, long to) {
        List<TableRow> rows = new ArrayList<>();
        for (long n = from; n < to; n++) rows.add(TableRow.of(SCHEMA, n, "canary " + n));
        return rows;
    }
}
