package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.internal.files.ParsedCatalogCommitData;
import io.delta.kernel.internal.files.ParsedLogData;
import io.delta.kernel.utils.FileStatus;
import io.sluice.lake.delta.ManagedTableAuthor.Features;
import io.sluice.lake.delta.ManagedTableAuthor.Staged;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test plays the catalog: it hands kernel the commits that it calls versions. */
final class ManagedTableAuthorTest {
    private static final TableSchema SCHEMA = DemoTable.SCHEMA;
    private static final Features FEATURES = new Features(
            List.of("catalogManaged", "deletionVectors", "v2Checkpoint", "vacuumProtocolCheck"),
            List.of("catalogManaged", "deletionVectors", "inCommitTimestamp", "v2Checkpoint", "vacuumProtocolCheck"));
    private static final Map<String, String> PROPERTIES =
            Map.of("delta.enableInCommitTimestamps", "true", "delta.checkpointPolicy", "v2");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private ObjectStore store;
    private ManagedTableAuthor author;

    @BeforeEach
    void create() throws IOException {
        store = LocalObjectStore.at(folder);
        author = ManagedTableAuthor.at(store, SCHEMA, Clock.fixed(NOON, ZoneOffset.UTC));
        author.create(FEATURES, PROPERTIES);
    }

    @Test
    void stagedRowsAreReadByThoseWhomTheCatalogTells() throws IOException {
        Staged first = author.stage(1, DemoTable.rows(0, 10));
        Staged second = author.stage(2, DemoTable.rows(10, 15));

        assertThat(numbers(snapshot(0))).isEmpty();
        assertThat(numbers(snapshot(1, first))).hasSize(10);
        assertThat(numbers(snapshot(2, first, second))).hasSize(15).contains(0L, 14L);
    }

    @Test
    void publishedRowsAreReadFromTheLogAlone() throws IOException {
        Staged first = author.stage(1, DemoTable.rows(0, 10));
        author.publish(1, first.fileName());
        author.publish(1, first.fileName());

        assertThat(numbers(snapshot(1))).hasSize(10);
    }

    @Test
    void timestampsGrowWhileTheClockStandsStill() throws IOException {
        Staged first = author.stage(1, DemoTable.rows(0, 1));
        Staged second = author.stage(2, DemoTable.rows(1, 2));

        assertThat(first.timestampMillis()).isGreaterThan(NOON.toEpochMilli());
        assertThat(second.timestampMillis()).isGreaterThan(first.timestampMillis());
        assertThat(snapshot(2, first, second).getTimestamp(new StoreEngine(store)))
                .isEqualTo(second.timestampMillis());
    }

    @Test
    void aPlaceWithATableIsNotTakenTwice() {
        assertThatThrownBy(() -> author.create(FEATURES, PROPERTIES))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Ask the catalog for another place");
    }

    private Snapshot snapshot(long latest, Staged... staged) {
        List<ParsedLogData> commits = Arrays.stream(staged)
                .<ParsedLogData>map(commit -> ParsedCatalogCommitData.forFileStatus(FileStatus.of(
                        StoreFileIO.TABLE + "/_delta_log/_staged_commits/" + commit.fileName(),
                        commit.size(),
                        commit.modifiedMillis())))
                .toList();
        return TableManager.loadSnapshot(StoreFileIO.TABLE)
                .withLogData(commits)
                .withMaxCatalogVersion(latest)
                .build(new StoreEngine(store));
    }

    private List<Long> numbers(Snapshot snapshot) throws IOException {
        List<Long> numbers = new ArrayList<>();
        new KernelTable(store).forEachBatch(snapshot, snapshot.getSchema(), batch -> {
            for (int row = 0; row < batch.getData().getSize(); row++)
                numbers.add(batch.getData().getColumnVector(0).getLong(row));
            return true;
        });
        return numbers;
    }
}
