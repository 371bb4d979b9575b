package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.MeteredStore;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A known table is brought up to date by the tail of its log, and is then what a fresh look would find. */
final class TableFollowingTest {
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
    void nothingNewCostsOneRequest() throws IOException {
        DemoTable.plain(store);
        TableSnapshot known = log.snapshot();
        StoreTraffic before = store.traffic();

        assertThat(log.newest(known)).isSameAs(known);
        assertThat(store.traffic().minus(before)).isEqualTo(new StoreTraffic(1, 0, 0, 0, 0, 0, 0));

        StoreTraffic listed = store.traffic();
        assertThat(log.newest(known)).isSameAs(known);
        assertThat(store.traffic().minus(listed)).isEqualTo(new StoreTraffic(0, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void newCommitsAreAppliedWithoutReadingTheOthers() throws IOException {
        TableAuthor author = DemoTable.withVectors(store);
        TableSnapshot known = log.snapshot();
        author.append(DemoTable.rows(100, 110));
        author.deleteWhere(row -> DemoTable.n(row) < 5);
        author.deleteWhere(row -> DemoTable.n(row) >= 100);
        StoreTraffic before = store.traffic();
        TableSnapshot newest = log.newest(known);

        StoreTraffic cost = store.traffic().minus(before);
        assertThat(cost.lists()).isEqualTo(1);
        assertThat(cost.reads()).isEqualTo(3);
        assertThat(newest).isEqualTo(log.snapshot());
        assertThat(newest.files().hidesRows()).isTrue();
    }

    @Test
    void aChangedTableIsToldAsAFreshLookTellsIt() throws IOException {
        DemoTable.plain(store);
        TableSnapshot known = log.snapshot();
        ObjectNode metadata = known.metadata().deepCopy();
        metadata.withObject("configuration").put("delta.enableChangeDataFeed", "true");
        commit(2, action("metaData", metadata));
        commit(
                3,
                action(
                        "protocol",
                        LogJson.MAPPER
                                .createObjectNode()
                                .put("minReaderVersion", 1)
                                .put("minWriterVersion", 4)));

        assertThat(log.newest(known)).isEqualTo(log.snapshot());
        assertThat(log.newest(known).keepsChanges()).isTrue();
    }

    @Test
    void aLogThatWasReplacedIsReadAnew() throws IOException {
        // The folder was emptied and filled by somebody else: the version is the same, the table is another one.
        DemoTable.plain(store);
        TableSnapshot known = log.snapshot();
        for (long version : List.of(0L, 1L)) store.delete(LogNames.commit(version));
        DemoTable.plain(store);
        Files.setLastModifiedTime(
                folder.resolve(LogNames.commit(1)),
                FileTime.from(known.storedAt().plusSeconds(1)));

        TableSnapshot newest = log.newest(known);
        assertThat(newest.files()).isNotEqualTo(known.files());
        assertThat(newest).isEqualTo(log.snapshot());
    }

    @Test
    void aLogThatGotShorterIsReadAnew() throws IOException {
        TableAuthor author = DemoTable.plain(store);
        author.append(DemoTable.rows(100, 110));
        TableSnapshot known = log.snapshot();
        store.delete(LogNames.commit(2));

        assertThat(log.newest(known).version()).isEqualTo(1);
    }

    @Test
    void aFileThatIsRemovedUnderAnotherSpellingIsFoundByAFreshLook() throws IOException {
        DemoTable.plain(store);
        commit(2, add("a%20b.parquet"));
        TableSnapshot known = log.snapshot();
        commit(
                3,
                action(
                        "remove",
                        LogJson.MAPPER
                                .createObjectNode()
                                .put("path", "%61%20b.parquet")
                                .put("dataChange", true)));

        assertThat(log.newest(known)).isEqualTo(log.snapshot());
    }

    @Test
    void aDamagedCheckpointIsPassedOverWhileTheLogIsWhole() throws IOException {
        TableAuthor author = DemoTable.plain(store);
        author.append(DemoTable.rows(100, 110));
        TableSnapshot expected = log.snapshot();
        DeltaLogWriter.at(store).writeCheckpoint(2);
        damageCheckpoint();

        assertThat(log.snapshot()).isEqualTo(expected);
        assertThat(log.snapshot(2)).isEqualTo(expected);
    }

    @Test
    void aDamagedCheckpointIsNamedWhenTheLogIsNotWhole() throws IOException {
        TableAuthor author = DemoTable.plain(store);
        author.append(DemoTable.rows(100, 110));
        DeltaLogWriter.at(store).writeCheckpoint(2);
        store.delete(LogNames.commit(0));
        damageCheckpoint();

        assertThatThrownBy(() -> log.snapshot()).isInstanceOf(IOException.class).hasMessageContaining("checkpoint");
    }

    private void damageCheckpoint() throws IOException {
        store.put(
                "_delta_log/00000000000000000002.checkpoint.parquet",
                Content.of("this is no Parquet file at all".getBytes(StandardCharsets.UTF_8)));
    }

    private void commit(long version, ObjectNode... actions) throws IOException {
        DeltaLogWriter.at(store).commit(version, List.of(actions));
    }

    private static ObjectNode add(String path) {
        ObjectNode add = LogJson.MAPPER.createObjectNode();
        add.put("path", path).putObject("partitionValues");
        add.put("size", 1).put("modificationTime", 2).put("dataChange", true);
        return action("add", add);
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(name, body);
        return action;
    }
}
