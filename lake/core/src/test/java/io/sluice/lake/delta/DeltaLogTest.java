package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.CommitOutcome.Committed;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.MeteredStore;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaLogTest {
    @TempDir
    Path folder;

    private MeteredStore store;
    private DeltaLog log;

    @BeforeEach
    void open() throws IOException {
        store = new MeteredStore(LocalObjectStore.at(folder));
        log = DeltaLog.at(store);
    }

    @Test
    void theLatestVersionCostsOneListWhereverTheLogStands() throws IOException {
        TableAuthor author = DemoTable.plain(store);
        assertLatest(1, 1);
        assertLatest(0, 1);
        author.append(DemoTable.rows(100, 110));
        author.append(DemoTable.rows(110, 120));
        assertLatest(1, 3);
        DeltaLogWriter.at(store).writeCheckpoint(3);
        assertLatest(3, 3);
        assertThat(log.latestVersion(-1)).isEqualTo(3);
    }

    @Test
    void aSnapshotHoldsWhatTheLogSays() throws IOException {
        DemoTable.plain(store);

        TableSnapshot snapshot = log.snapshot();
        assertThat(snapshot.version()).isEqualTo(1);
        assertThat(snapshot.storedAt()).isAfter(Instant.EPOCH);
        assertThat(snapshot.protocol().toString()).isEqualTo("{\"minReaderVersion\":1,\"minWriterVersion\":2}");
        assertThat(snapshot.metadata())
                .isEqualTo(log.changes(0, 0).get(0).actions().get(2).get("metaData"));
        DataFile file = snapshot.files().get(0);
        assertThat(file.add())
                .isEqualTo(log.changes(1, 1).get(0).actions().get(1).get("add"));
        assertThat(Files.size(folder.resolve(file.path()))).isEqualTo(file.size());
        assertThat(file.deletionVector()).isEmpty();
    }

    @Test
    void earlierVersionsStayReadable() throws IOException {
        TableAuthor author = DemoTable.withVectors(store);
        author.append(DemoTable.rows(100, 110));
        author.deleteWhere(row -> DemoTable.n(row) < 100);

        assertThat(log.snapshot(0).files()).isEmpty();
        assertThat(log.snapshot(2).files()).hasSize(2);
        assertThat(log.snapshot(3).files()).hasSize(1);
    }

    @Test
    void aPlaceWithoutATableIsNotFound() {
        assertKind(FailureKind.NOT_FOUND, () -> log.snapshot());
        assertKind(FailureKind.NOT_FOUND, () -> log.latestVersion(-1));
        assertKind(FailureKind.NOT_FOUND, () -> log.lastTransaction("app"));
    }

    @Test
    void versionsThatAreNotThereAreInvalid() throws IOException {
        DemoTable.plain(store);

        assertKind(FailureKind.INVALID, () -> log.snapshot(7));
        assertKind(FailureKind.INVALID, () -> log.changes(1, 2));
        assertThatThrownBy(() -> log.snapshot(7)).hasMessageContaining("7").hasMessageContaining(folder.toString());
    }

    @Test
    void aCleanedUpLogIsReadFromItsCheckpointOn() throws IOException {
        TableAuthor author = DemoTable.plain(store);
        author.append(DemoTable.rows(100, 110));
        DeltaLogWriter.at(store).writeCheckpoint(2);
        Files.delete(folder.resolve(LogNames.commit(0)));
        Files.delete(folder.resolve(LogNames.commit(1)));

        assertThat(log.snapshot().files()).hasSize(2);
        assertThat(TableReader.latest(store).contentHash().rows()).isEqualTo(110);
        assertKind(FailureKind.INVALID, () -> log.snapshot(1));
        assertKind(FailureKind.INVALID, () -> log.changes(1, 2));
    }

    @Test
    void aCheckpointHoldsTheStatistics() throws IOException {
        DemoTable.plain(store);
        List<DataFile> before = log.snapshot().files();
        DeltaLogWriter.at(store).writeCheckpoint(1);
        Files.delete(folder.resolve(LogNames.commit(0)));

        assertThat(log.snapshot().files().get(0).add().get("stats"))
                .isEqualTo(before.get(0).add().get("stats"));
    }

    @Test
    void aProtocolFromTheFutureIsUnsupported() throws IOException {
        DemoTable.plain(store);
        commit(
                2,
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                        + "\"readerFeatures\":[\"telepathy\"],\"writerFeatures\":[\"telepathy\"]}}");

        assertKind(FailureKind.UNSUPPORTED, () -> log.snapshot());
        assertThatThrownBy(() -> log.snapshot()).hasMessageContaining("telepathy");
    }

    @Test
    void aDamagedCommitIsNamed() throws IOException {
        DemoTable.plain(store);
        store.put(LogNames.commit(2), Content.of("{\"add\":{\"pa".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> log.changes(2, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("00000000000000000002.json");
        assertThatThrownBy(() -> log.snapshot()).isInstanceOf(IOException.class);
    }

    @Test
    void changesKeepActionsAndFieldsThatNobodyKnows() throws IOException {
        DemoTable.plain(store);
        String strange = "{\"weather\":{\"sunny\":true,\"degrees\":21.50,\"digits\":12345678901234567890123}}";
        String add = "{\"add\":{\"path\":\"x.parquet\",\"partitionValues\":{},\"size\":1,\"modificationTime\":2,"
                + "\"dataChange\":true,\"clusteringProvider\":\"liquid\",\"later\":[1,{\"a\":null}]}}";
        commit(2, strange, add);

        TableCommit commit = log.changes(2, 2).get(0);
        assertThat(LogJson.write(commit.actions()))
                .isEqualTo((strange + "\n" + add + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(log.snapshot().files()).extracting(DataFile::path).contains("x.parquet");
    }

    @Test
    void transactionsOfApplicationsAreRemembered() throws IOException {
        DemoTable.plain(store);
        assertThat(log.lastTransaction("replica-1")).isEmpty();
        commit(2, "{\"txn\":{\"appId\":\"replica-1\",\"version\":41}}");
        commit(3, "{\"txn\":{\"appId\":\"replica-1\",\"version\":42}}");
        assertThat(log.lastTransaction("replica-1")).contains(42L);
        DeltaLogWriter.at(store).writeCheckpoint(3);

        assertThat(log.lastTransaction("replica-1")).contains(42L);
        assertThat(log.lastTransaction("replica-2")).isEmpty();
    }

    @Test
    void filesOutsideOfTheTableAreRefusedWhenTheyAreRead() throws IOException {
        DemoTable.plain(store);
        commit(
                2,
                "{\"add\":{\"path\":\"file:///etc/passwd\",\"partitionValues\":{},\"size\":10,"
                        + "\"modificationTime\":2,\"dataChange\":true}}");

        assertThat(log.snapshot().files()).hasSize(2);
        assertThatThrownBy(() -> TableReader.latest(store).contentHash()).hasMessageContaining("outside of the table");
    }

    @Test
    void aPathThatClimbsOutIsRefused() throws IOException {
        DemoTable.plain(store);
        commit(
                2,
                "{\"add\":{\"path\":\"../../etc/passwd\",\"partitionValues\":{},\"size\":10,"
                        + "\"modificationTime\":2,\"dataChange\":true}}");

        assertThatThrownBy(() -> TableReader.latest(store).contentHash()).hasMessageContaining("outside of the table");
    }

    @Test
    void aFileThatWasCleanedAwayIsNamed() throws IOException {
        DemoTable.plain(store);
        String path = log.snapshot().files().get(0).path();
        store.delete(path);

        assertKind(FailureKind.INVALID, () -> TableReader.latest(store).rows(1));
        assertThatThrownBy(() -> TableReader.latest(store).rows(1)).hasMessageContaining(path);
    }

    private void assertLatest(long known, long expected) throws IOException {
        StoreTraffic before = store.traffic();
        assertThat(log.latestVersion(known)).isEqualTo(expected);
        assertThat(store.traffic().minus(before)).isEqualTo(new StoreTraffic(1, 0, 0, 0, 0, 0, 0));
    }

    private void commit(long version, String... lines) throws IOException {
        List<ObjectNode> actions = LogJson.read("test", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        assertThat(DeltaLogWriter.at(store).commit(version, actions)).isEqualTo(new Committed(version));
    }

    private static void assertKind(FailureKind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
