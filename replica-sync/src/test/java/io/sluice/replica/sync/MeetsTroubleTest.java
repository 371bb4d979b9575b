package io.sluice.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.delta.DemoTable;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.FaultyStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs whose stores, rivals and sinks misbehave. */
class MeetsTroubleTest {
    @TempDir
    Path folder;

    private World world;
    private TableAuthor author;

    @BeforeEach
    void open() throws IOException {
        world = World.in(folder);
        author = DemoTable.withVectors(world.sourceTable);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundInTheLog() throws IOException {
        world.aroundTarget = store -> onCommit(new FaultyStore(store), FaultyStore::loseNextAnswer);

        SyncReport report = world.sync();

        assertWhole(0);
        assertThat(world.ledger).containsOnlyKeys(report.receipt().id());
    }

    @Test
    void aDataPutWhoseAnswerIsLostIsNotRepeated() throws IOException {
        world.aroundTarget = store -> new FaultyStore(store).loseNextAnswer();

        SyncReport report = world.sync();

        assertWhole(0);
        assertThat(report.receipt().logical().bytes())
                .isEqualTo(DeltaLog.at(world.sourceTable).snapshot().bytes());
        assertThat(world.copies).hasValue(1);
    }

    @Test
    void aLostPutIsTriedAgainAndItsBytesAreWaste() throws IOException {
        FaultyStore[] faulty = new FaultyStore[1];
        world.aroundTarget = store -> faulty[0] = new FaultyStore(store).onNextPut((real, key, content) -> {
            try (InputStream in = content.open()) {
                in.readAllBytes();
            }
            throw new IOException("cut off at the end");
        });

        SyncReport report = world.sync();

        assertWhole(0);
        long size = DeltaLog.at(world.sourceTable).snapshot().bytes();
        assertThat(report.receipt().logical().bytes()).isEqualTo(size);
        assertThat(report.receipt().wire().bytes()).isGreaterThan(2 * size);
        assertThat(world.ledgerWire()).isEqualTo(world.source.traffic().readBytes());
    }

    @Test
    void aFileCleanedUpDuringTheCopyLeadsToAPlanAtTheNewestVersion() throws IOException {
        String key = DeltaLog.at(world.sourceTable).snapshot().files().get(0).path();
        Runnable[] vacuum = {() -> replaceFileAndVacuum(key)};
        world.aroundSource = store -> new Hooked(store) {
            @Override
            public InputStream read(String read, ByteRange range) throws IOException {
                if (read.equals(key)) run(vacuum);
                return super.read(read, range);
            }
        };

        SyncReport report = world.sync();

        assertThat(report.receipt().toVersion()).isEqualTo(2);
        assertWhole(0);
    }

    @Test
    void aStoreThatStaysDownEndsTheSyncWithAReasonAndTheNextOneGoesOn() throws IOException {
        world.aroundTarget = store -> new Hooked(store) {
            @Override
            public PutOutcome putIfAbsent(String key, Content content) throws IOException {
                throw new IOException("no route to the other cloud");
            }
        };
        assertThatThrownBy(world::sync)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE))
                .hasMessageContaining("no route");

        world.aroundTarget = store -> store;
        world.sync();

        assertWhole(0);
        assertThat(world.ledgerWire()).isEqualTo(world.source.traffic().readBytes());
    }

    @Test
    void anObjectOfTheRightNameAndTheWrongLengthIsNotTakenForACopy() throws IOException {
        String key = DeltaLog.at(world.sourceTable).snapshot().files().get(0).path();
        world.targetTable.put(key, Content.of("something else".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(world::sync).isInstanceOf(Failure.class).hasMessageContaining("14 bytes");
    }

    @Test
    void objectsAlreadyAtTheTargetAreUsedAndCostNothing() throws IOException {
        DataFile file = DeltaLog.at(world.sourceTable).snapshot().files().get(0);
        try (InputStream in = world.sourceTable.read(file.path(), ByteRange.ALL)) {
            world.targetTable.put(file.path(), Content.of(in.readAllBytes()));
        }

        SyncReport report = world.sync();

        assertWhole(0);
        assertThat(report.reused()).isEqualTo(1);
        assertThat(report.receipt().logical().bytes()).isZero();
    }

    @Test
    void aReceiptThatTheLedgerDidNotTakeIsDeliveredByTheNextSync() throws IOException {
        assertThatThrownBy(() -> world.runner(receipt -> {
                            throw Failure.invalid("the ledger refuses");
                        })
                        .run(world.replica))
                .hasMessageContaining("the ledger refuses");
        assertThat(world.ledger).isEmpty();

        assertThat(world.runner().run(world.replica)).isEqualTo(new SyncOutcome.UpToDate(1));

        assertThat(world.ledgerWire()).isEqualTo(world.source.traffic().readBytes());
        assertWhole(0);
    }

    @Test
    void aLostJournalIsReadAgainFromTheReplicasOwnLog() throws IOException {
        world.sync();
        author.append(DemoTable.rows(100, 110));
        world.sync();
        var before = List.copyOf(world.ledger.values());
        world.journal = new io.sluice.replica.journal.MemorySyncJournal();
        world.ledger.clear();

        assertThat(world.runner().run(world.replica)).isEqualTo(new SyncOutcome.UpToDate(2));

        assertThat(world.ledger.values()).containsAll(before);
    }

    @RepeatedTest(5)
    void ofTwoSyncersAtOnceOneWinsEachVersionAndEveryByteIsBooked() throws Exception {
        for (int round = 0; round < 3; round++) {
            CyclicBarrier start = new CyclicBarrier(2);
            Callable<SyncOutcome> syncer = () -> {
                start.await();
                return world.runner().run(world.replica);
            };
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (var done : threads.invokeAll(List.of(syncer, syncer)))
                    assertThat(done.get().sourceVersion()).isEqualTo(round + 1);
            } finally {
                threads.shutdownNow();
            }
            assertWhole(round);
            author.append(DemoTable.rows(1_000 * round, 1_000 * round + 20));
        }
        world.sync();

        assertThat(world.ledgerWire()).isEqualTo(world.source.traffic().readBytes());
        assertThat(world.copies).hasValue(4);
    }

    @Test
    void aSourceThatWasReplacedIsRefused() throws IOException {
        author.append(DemoTable.rows(100, 110));
        world.sync();
        World other = new World(io.sluice.lake.store.LocalObjectStore.at(folder.resolve("other")), world.targetTable);
        DemoTable.plain(other.sourceTable);

        assertThatThrownBy(other::sync).isInstanceOf(Failure.class).hasMessageContaining("replaced by another table");
    }

    private void assertWhole(long version) throws IOException {
        assertThat(TableReader.latest(world.targetTable).contentHash())
                .isEqualTo(TableReader.latest(world.sourceTable).contentHash());
        assertThat(DeltaLog.at(world.targetTable).latestVersion(-1)).isEqualTo(version);
    }

    /** What OPTIMIZE and VACUUM would do to the file: its rows move to another one, and it is gone. */
    private void replaceFileAndVacuum(String key) {
        try {
            TableSnapshot now = DeltaLog.at(world.sourceTable).snapshot();
            ObjectNode add = now.files().get(0).add().deepCopy();
            ObjectNode remove = add.objectNode();
            remove.put("path", key).put("dataChange", false).put("deletionTimestamp", 1L);
            add.put("path", "compacted.parquet").put("dataChange", false);
            try (InputStream in = world.sourceTable.read(key, ByteRange.ALL)) {
                world.sourceTable.put("compacted.parquet", Content.of(in.readAllBytes()));
            }
            DeltaLogWriter.at(world.sourceTable)
                    .commit(
                            now.version() + 1,
                            List.of(
                                    add.objectNode().set("remove", remove),
                                    add.objectNode().set("add", add)));
            world.sourceTable.delete(key);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(Runnable[] once) {
        Runnable action = once[0];
        once[0] = () -> {};
        action.run();
    }

    private interface Fault {
        FaultyStore on(FaultyStore store);
    }

    /** Lets data pass and meets the log's commit. */
    private static ObjectStore onCommit(FaultyStore faulty, Fault fault) {
        return new Hooked(faulty) {
            @Override
            public PutOutcome putIfAbsent(String key, Content content) throws IOException {
                if (key.startsWith("_delta_log/")) fault.on(faulty);
                return super.putIfAbsent(key, content);
            }
        };
    }
}
