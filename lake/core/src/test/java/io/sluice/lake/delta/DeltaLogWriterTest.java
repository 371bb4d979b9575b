package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.CommitOutcome.Committed;
import io.sluice.lake.delta.CommitOutcome.Exists;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.FaultyStore;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.StoreDeniedException;
import io.sluice.lake.table.LogJson;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaLogWriterTest {
    @TempDir
    Path folder;

    private ObjectStore store;
    private FaultyStore faulty;

    @BeforeEach
    void open() throws IOException {
        store = LocalObjectStore.at(folder);
        faulty = new FaultyStore(store);
        DemoTable.plain(store);
    }

    @Test
    void ofRacingCommitsOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<CommitOutcome>> racers = new ArrayList<>();
        for (int racer = 0; racer < 8; racer++) {
            List<ObjectNode> actions = info("racer " + racer);
            racers.add(threads.submit(() -> {
                start.await();
                return DeltaLogWriter.at(store).commit(2, actions);
            }));
        }
        start.countDown();
        List<CommitOutcome> outcomes = new ArrayList<>();
        for (Future<CommitOutcome> racer : racers) outcomes.add(racer.get());
        threads.shutdownNow();

        assertThat(outcomes).filteredOn(new Committed(2)::equals).hasSize(1);
        assertThat(outcomes).filteredOn(new Exists(2)::equals).hasSize(7);
        String winner = "racer " + outcomes.indexOf(new Committed(2));
        assertThat(transactionAt(2)).isEqualTo(winner);
    }

    @Test
    void aCommitThatLandedWithoutAnAnswerIsOurs() throws IOException {
        faulty.loseNextAnswer();

        assertThat(writer().commit(2, info("a"))).isEqualTo(new Committed(2));
        assertThat(transactionAt(2)).isEqualTo("a");
    }

    @Test
    void aCommitThatNeverLandedIsWrittenAgain() throws IOException {
        faulty.loseNextPut().loseNextPut();

        assertThat(writer().commit(2, info("a"))).isEqualTo(new Committed(2));
        assertThat(transactionAt(2)).isEqualTo("a");
    }

    @Test
    void whereARivalLandedMeanwhileTheVersionIsTheirs() throws IOException {
        faulty.onNextPut((real, key, content) -> {
            real.putIfAbsent(key, Content.of(LogJson.write(info("rival"))));
            throw new IOException("the answer was lost");
        });

        assertThat(writer().commit(2, info("a"))).isEqualTo(new Exists(2));
        assertThat(transactionAt(2)).isEqualTo("rival");
    }

    @Test
    void aCommitThatLandsLateIsStillOurs() throws IOException {
        // The first put is lost; by the time it is repeated, it has landed after all.
        List<ObjectNode> actions = info("a");
        faulty.loseNextPut().onNextPut((real, key, content) -> {
            real.putIfAbsent(key, Content.of(LogJson.write(actions)));
            return real.putIfAbsent(key, content);
        });

        assertThat(writer().commit(2, actions)).isEqualTo(new Committed(2));
    }

    @Test
    void aCommitRepeatedAfterACrashIsTheSameCommit() throws IOException {
        List<ObjectNode> actions = info("a");
        writer().commit(2, actions);

        assertThat(writer().commit(2, actions)).isEqualTo(new Committed(2));
        assertThat(writer().commit(2, info("b"))).isEqualTo(new Exists(2));
    }

    @Test
    void aStoreThatNeverAnswersLeavesTheOutcomeUnknown() {
        for (int i = 0; i < 3; i++) faulty.loseNextPut().failNextRead();

        assertThatThrownBy(() -> writer().commit(2, info("a")))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME))
                .hasMessageContaining("delete none");
    }

    @Test
    void aRefusalIsNotRetried() {
        faulty.onNextPut((real, key, content) -> {
            throw new StoreDeniedException("no");
        });

        assertThatThrownBy(() -> writer().commit(2, info("a"))).isInstanceOf(StoreDeniedException.class);
        assertThat(folder.resolve(LogNames.commit(2))).doesNotExist();
    }

    @Test
    void aCheckpointWrittenTwiceIsOne() throws IOException {
        writer().writeCheckpoint(1);
        writer().writeCheckpoint(1);

        assertThat(folder.resolve("_delta_log/00000000000000000001.checkpoint.parquet"))
                .exists();
        assertThat(DeltaLog.at(store).snapshot().files()).hasSize(1);
    }

    private DeltaLogWriter writer() {
        return DeltaLogWriter.at(faulty);
    }

    private String transactionAt(long version) throws IOException {
        return DeltaLog.at(store)
                .changes(version, version)
                .get(0)
                .actions()
                .get(0)
                .path("commitInfo")
                .path("txnId")
                .asText();
    }

    private static List<ObjectNode> info(String transaction) {
        try {
            return LogJson.read(
                    "test",
                    ("{\"commitInfo\":{\"operation\":\"TEST\",\"txnId\":\"" + transaction + "\"}}")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
