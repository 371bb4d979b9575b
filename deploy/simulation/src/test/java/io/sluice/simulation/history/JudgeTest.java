package io.sluice.simulation.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.simulation.history.Action.Read;
import io.sluice.simulation.history.Action.Swap;
import io.sluice.simulation.history.Action.Write;
import io.sluice.simulation.history.Verdict.Linearizable;
import io.sluice.simulation.history.Verdict.Undecided;
import io.sluice.simulation.history.Verdict.Violated;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories that are known to be bad are found so; those that a register really made are not. */
class JudgeTest {
    private long clients;

    private Operation done(Action action, long invoked, long returned) {
        return new Operation(clients++, "x", action, invoked, returned);
    }

    private Operation lost(Action action, long invoked) {
        return done(action, invoked, Operation.UNKNOWN);
    }

    @Test
    void aReadOfWhatACompletedWriteReplacedIsStale() {
        Operation stale = done(new Read("old"), 5, 6);
        Verdict verdict = Judge.judge(List.of(done(new Write("old"), 1, 2), done(new Write("new"), 3, 4), stale));

        assertThat(verdict).isInstanceOfSatisfying(Violated.class, violated -> {
            assertThat(violated.stuck()).isEqualTo(stale);
            assertThat(violated.order()).hasSize(2);
            assertThat(violated.toString()).contains("fits nowhere", "\"x\"");
        });
    }

    @Test
    void aGrantThatIsSeenAfterItsRevokeReturnedIsAViolation() {
        assertViolated(
                done(new Write("SELECT"), 1, 2), done(new Write(Action.NOTHING), 3, 4), done(new Read("SELECT"), 5, 6));
        // While the revoke is under way both answers are right.
        assertLinearizable(
                done(new Write("SELECT"), 1, 2), done(new Write(Action.NOTHING), 3, 9), done(new Read("SELECT"), 5, 6));
    }

    @Test
    void oneOfTwoUpdatesOfTheSameValueIsLost() {
        assertViolated(done(new Write("1"), 1, 2), done(new Swap("1", "2"), 3, 6), done(new Swap("1", "3"), 4, 7));
        assertLinearizable(done(new Write("1"), 1, 2), done(new Swap("1", "2"), 3, 6), done(new Swap("2", "3"), 4, 7));
    }

    @Test
    void aValueThatNobodyWroteIsNeverRead() {
        assertViolated(done(new Write("1"), 1, 2), done(new Read("7"), 1, 9));
    }

    @Test
    void whatOneReaderHasSeenNoLaterReaderMaySeeUndone() {
        // The write is under way all the time; yet new before old is no order.
        assertViolated(
                done(new Write("old"), 1, 2),
                done(new Write("new"), 3, 20),
                done(new Read("new"), 5, 6),
                done(new Read("old"), 7, 8));
        assertLinearizable(
                done(new Write("old"), 1, 2),
                done(new Write("new"), 3, 20),
                done(new Read("old"), 5, 6),
                done(new Read("new"), 7, 8));
    }

    @Test
    void aWriteWithoutAnAnswerMayHappenAtAnyTimeOrNever() {
        assertLinearizable(done(new Write("1"), 1, 2), lost(new Write("2"), 3), done(new Read("1"), 50, 51));
        assertLinearizable(
                done(new Write("1"), 1, 2),
                lost(new Write("2"), 3),
                done(new Read("1"), 50, 51),
                done(new Read("2"), 60, 61));
        // Once, though, and not before it was asked for.
        assertViolated(
                done(new Write("1"), 1, 2),
                lost(new Write("2"), 3),
                done(new Read("2"), 50, 51),
                done(new Read("1"), 60, 61));
        assertViolated(done(new Read("2"), 1, 2), lost(new Write("2"), 3));
    }

    @Test
    void eachKeyIsARegisterOfItsOwn() {
        Operation other = new Operation(9, "y", new Read("1"), 5, 6);
        assertThat(Judge.judge(List.of(done(new Write("1"), 1, 2), other)))
                .isInstanceOfSatisfying(
                        Violated.class, violated -> assertThat(violated.key()).isEqualTo("y"));
        assertLinearizable();
    }

    @Test
    void aSearchThatWouldTakeTooLongIsGivenUpAndSaysSo() {
        List<Operation> history = new ArrayList<>();
        for (int i = 0; i < 16; i++) history.add(done(new Write("v" + i), 1, 100));
        history.add(done(new Read("none of these"), 101, 102));
        assertThat(new Judge(1_000).of(history)).isEqualTo(new Undecided("x"));
    }

    @Test
    void whatARegisterMadeIsLinearizableHoweverLateItsAnswersAre() {
        for (long seed = 1; seed <= 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Operation> history =
                    new SlowRegister(random).run(2 + random.nextInt(5), 5 + random.nextInt(25), random.nextInt(3) * .1);
            assertThat(Judge.judge(history)).as("seed %d", seed).isInstanceOf(Linearizable.class);
        }
    }

    @Test
    void aReadThatIsPutWrongInALongHistoryIsFound() {
        // A read after everything else, of a value that a later completed write had replaced long before.
        for (long seed = 1; seed <= 100; seed++) {
            List<Operation> history = new ArrayList<>(new SlowRegister(new SplittableRandom(seed)).run(4, 20, 0));
            long end = history.stream().mapToLong(Operation::returned).max().orElseThrow();
            history.add(done(new Write("last but one"), end + 1, end + 2));
            history.add(done(new Write("last"), end + 3, end + 4));
            history.add(done(new Read("last but one"), end + 5, end + 6));
            assertThat(Judge.judge(history)).as("seed %d", seed).isInstanceOf(Violated.class);
        }
    }

    @Test
    void theSearchAgreesWithTheDefinitionOnSmallHistories() {
        int bad = 0;
        for (long seed = 1; seed <= 20_000; seed++) {
            List<Operation> history = anything(new SplittableRandom(seed));
            boolean isLinearizable = EveryOrder.hasOneThatMakesSense(history);
            if (!isLinearizable) bad++;
            assertThat(Judge.judge(history) instanceof Linearizable)
                    .as("seed %d: %s", seed, history)
                    .isEqualTo(isLinearizable);
        }
        assertThat(bad).isBetween(2_000, 18_000);
    }

    /** Up to six operations on few values, which a register may have made or not. */
    private List<Operation> anything(SplittableRandom random) {
        List<Operation> history = new ArrayList<>();
        int size = 2 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            long invoked = random.nextInt(12);
            long returned = random.nextInt(5) == 0 ? Operation.UNKNOWN : invoked + random.nextInt(8);
            String value = random.nextInt(4) == 0 ? Action.NOTHING : "" + random.nextInt(3);
            Action action = switch (random.nextInt(4)) {
                case 0, 1 -> new Read(value);
                case 2 -> new Write(value);
                default -> new Swap("" + random.nextInt(2), value);
            };
            history.add(done(action, invoked, returned));
        }
        return history;
    }

    private static void assertViolated(Operation... history) {
        assertThat(Judge.judge(List.of(history))).isInstanceOf(Violated.class);
    }

    private static void assertLinearizable(Operation... history) {
        assertThat(Judge.judge(List.of(history))).isInstanceOf(Linearizable.class);
    }
}
