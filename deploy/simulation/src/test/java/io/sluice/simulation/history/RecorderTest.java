package io.sluice.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.simulation.history.Action.Read;
import io.sluice.simulation.history.Action.Write;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final AtomicLong clock = new AtomicLong();
    private final Recorder recorder = new Recorder(clock::incrementAndGet);
    private final Recorder.Process process = recorder.process();

    @Test
    void callsAreWrittenDownWithTheTimesAroundThem() {
        process.write("k", "1", () -> true);
        process.read("k", () -> Optional.of("1"));

        assertThat(recorder.history())
                .containsExactly(
                        new Operation(1, "k", new Write("1"), 1, 2), new Operation(1, "k", new Read("1"), 3, 4));
    }

    @Test
    void aWriteWithoutAClearAnswerMayHaveHappenedAndAReadSaysNothing() {
        assertThat(process.write("k", "1", () -> false)).isFalse();
        assertThat(process.read("k", () -> {
                    throw new IOException("reset");
                }))
                .isEmpty();
        process.write("k", "2", () -> {
            throw new IOException("reset");
        });
        process.write("k", "3", () -> true);

        assertThat(recorder.history())
                .satisfiesExactly(
                        lost -> assertThat(lost.isUnknown()).isTrue(),
                        lost -> assertThat(lost.action()).isEqualTo(new Write("2")),
                        done -> assertThat(done.isUnknown()).isFalse());
        assertThat(recorder.history()).extracting(Operation::process).doesNotHaveDuplicates();
    }

    @Test
    void whatStoodThereBeforeIsAWriteBeforeAll() {
        recorder.initially("k", "1");
        process.read("k", () -> Optional.of("1"));

        assertThat(Judge.judge(recorder.history())).isInstanceOf(Verdict.Linearizable.class);
    }
}
