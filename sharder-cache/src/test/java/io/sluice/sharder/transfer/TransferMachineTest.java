package io.sluice.sharder.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A provider of twenty letters, in chunks of four, that tells each moment what the acquirer holds. */
class TransferMachineTest {
    private static final TransferTerms TERMS = new TransferTerms(
            4, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(2), 8, 3);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void everythingComesHottestFirstAndThenTheLastOfItAfterTheCutOver() {
        Scene scene = new Scene(TERMS, 1 << 30).provides("abcdefghijklmnopqrst");
        scene.run(SECOND);
        assertThat(scene.acquired()).isEqualTo("abcdefghijklmnopqrst");
        assertThat(scene.isCaughtUp()).isTrue();
        assertThat(scene.result()).isNull();

        scene.provides("abcdefghijklmnopqrst+uv").run(SECOND);
        assertThat(scene.acquired()).endsWith("+uv");

        scene.provides("abcdefghijklmnopqrst+uvw").cutOver();
        scene.run(SECOND);
        assertThat(scene.acquired()).endsWith("+uvw");
        assertThat(scene.result()).isEqualTo(new TransferResult.Complete(24));
        assertThat(scene.isReleased()).isTrue();
    }

    @Test
    void whatIsReadBeforeTheCutOverIsNeverTheLast() {
        // Shows that an answer on its way during the cut-over is followed by one more question.
        Scene scene = new Scene(TERMS, 1 << 30).provides("abc");
        scene.holdAnswers();
        scene.run(SECOND);
        scene.answerOne();
        scene.run(SECOND);
        scene.readButHold();
        scene.provides("abcd").cutOver();
        scene.answerOne();

        scene.answerAll();
        scene.run(SECOND);

        assertThat(scene.acquired()).isEqualTo("abcd");
        assertThat(scene.result()).isInstanceOf(TransferResult.Complete.class);
    }

    @Test
    void aCutOverInTheMiddleOfThePullLosesNothing() {
        Scene scene = new Scene(TERMS, 8).provides("abcdefghijklmnopqrst");
        scene.run(SECOND);
        scene.cutOver();

        scene.run(10 * SECOND);

        assertThat(scene.acquired()).isEqualTo("abcdefghijklmnopqrst");
        assertThat(scene.result()).isEqualTo(new TransferResult.Complete(20));
    }

    @Test
    void aCrashOfTheProviderAtAnyStepIsSurvived() {
        // Each case drops another question or answer, and the cursor with it when the provider starts anew.
        for (boolean forgets : new boolean[] {false, true}) {
            for (int step = 0; step < 14; step++) {
                Scene scene = new Scene(TERMS, 1 << 30).provides("abcdefghijklmnopqrst");
                scene.breakAt(step, forgets);
                scene.run(10 * SECOND);
                scene.cutOver();
                scene.run(10 * SECOND);

                assertThat(scene.held()).as("broken at step " + step).hasSize(20);
                assertThat(scene.result()).isInstanceOf(TransferResult.Complete.class);
            }
        }
    }

    @Test
    void aBrokenStreamResumesWhereItStood() {
        Scene scene = new Scene(TERMS, 1 << 30).provides("abcdefghijklmnopqrst");
        scene.breakAt(3, false);

        scene.run(SECOND);

        assertThat(scene.acquired()).isEqualTo("abcdefghijklmnopqrst");
    }

    @Test
    void anAnswerThatComesTooLateIsNotTakenForAnother() {
        Scene scene = new Scene(TERMS, 1 << 30).provides("abcdefgh");
        scene.run(0);
        scene.holdAnswers();
        scene.run(6 * SECOND);
        scene.answerAll();
        scene.run(10 * SECOND);

        assertThat(scene.acquired()).isEqualTo("abcdefgh");
    }

    @Test
    void aProviderThatStaysAwayIsGivenUpAfterEightRetries() {
        Scene scene = new Scene(TERMS, 1 << 30).provides("abcdefghijklmnopqrst");
        scene.breakForever();

        scene.run(3600 * SECOND);

        assertThat(scene.result()).isInstanceOf(TransferResult.GaveUp.class);
        assertThat(scene.failures()).isEqualTo(9);
        // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 + 2 + 2 + 2 seconds
        assertThat(scene.endedAtNanos()).isEqualTo(9_100_000_000L);
    }

    @Test
    void aProviderThatLosesItsPlaceAgainAndAgainIsGivenUp() {
        Scene scene = new Scene(TERMS, 1 << 30).provides("abcdefghijklmnopqrst");
        scene.alwaysForget();

        scene.run(60 * SECOND);

        assertThat(scene.result()).isInstanceOf(TransferResult.GaveUp.class);
        assertThat(((TransferResult.GaveUp) scene.result()).why()).contains("lost its place 4 times");
    }

    @Test
    void theBudgetIsKept() {
        Seeds.check(50, random -> {
            long rate = 1 + random.nextInt(40);
            Scene scene = new Scene(TERMS, rate).provides("a".repeat(200));
            for (int second = 1; second <= 20; second++) {
                scene.run(SECOND);
                // At most one chunk beyond, for it is paid for after it came.
                assertThat((long) scene.acquired().length()).isLessThanOrEqualTo(rate * second + TERMS.chunkBytes());
            }
            assertThat((long) scene.acquired().length()).isGreaterThanOrEqualTo(Math.min(200, rate * 19));
        });
    }

    @Test
    void severalTransfersShareOneBudget() {
        ByteBudget budget = new ByteBudget(10);
        List<Scene> scenes = List.of(new Scene(TERMS, budget), new Scene(TERMS, budget), new Scene(TERMS, budget));
        scenes.forEach(scene -> scene.provides("a".repeat(100)));
        for (int tick = 0; tick < 100; tick++) scenes.forEach(scene -> scene.run(SECOND / 10));

        int together =
                scenes.stream().mapToInt(scene -> scene.acquired().length()).sum();

        assertThat(together).isBetween(90, 100 + 3 * TERMS.chunkBytes());
    }

    @Test
    void aPausedTransferAsksForNothingUntilItResumes() {
        Scene scene = new Scene(TERMS, 8).provides("abcdefghijklmnopqrst");
        scene.run(SECOND);
        scene.tell(new TransferEvent.Paused());
        String before = scene.acquired();
        scene.run(60 * SECOND);
        assertThat(scene.acquired()).isEqualTo(before);

        scene.tell(new TransferEvent.Resumed());
        scene.run(60 * SECOND);
        assertThat(scene.acquired()).isEqualTo("abcdefghijklmnopqrst");
    }

    @Test
    void anAbandonedTransferReleasesAndEnds() {
        Scene scene = new Scene(TERMS, 8).provides("abcdefghijklmnopqrst");
        scene.run(SECOND);

        scene.tell(new TransferEvent.Abandoned());
        scene.run(60 * SECOND);

        assertThat(scene.result()).isInstanceOf(TransferResult.Abandoned.class);
        assertThat(scene.isReleased()).isTrue();
    }

    @Test
    void aRefusalEndsItAtOnce() {
        Scene scene = new Scene(TERMS, 8).provides("abc");

        scene.tell(new TransferEvent.Refused("another target"));

        assertThat(scene.result()).isEqualTo(new TransferResult.GaveUp("another target", 0));
    }
}
