package io.sluice.sharder.assigner;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.assigner.PodStatus.Standing;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.store.Renewal;
import io.sluice.sharder.watch.Upstream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The machine over a store in memory, which answers at once unless it is told to be away. */
class AssignerMachineTest {
    /** For up to five pods. */
    private static final int TAKE_PAUSE_MILLIS = 5;

    private static final Resource A = pod("a");
    private static final Resource B = pod("b");
    private static final Resource C = pod("c");

    private final World world = new World();

    @Test
    void theFirstPodGetsEverythingAtOnce() {
        world.join(A);

        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
    }

    @Test
    void aPodIsGivenNothingBeforeItHoldsTheCurrentMap() {
        world.join(A);
        world.renew(B, Generation.ZERO);
        world.heartbeat(B, Generation.ZERO);

        assertThat(world.slices()).containsOnlyKeys(A);
        assertThat(world.standing(B)).isEqualTo(Standing.JOINING);
    }

    @Test
    void aNewcomerTakesItsShareAndNothingElseMoves() {
        world.joinAll(A, B);
        Assignment before = world.map();
        world.joinAll(C);
        world.settle(A, B, C);

        assertThat(world.shareOf(C)).isBetween(0.2, 0.4);
        for (Tenure now : world.map().tenures()) {
            Tenure then = before.tenureOf(now.slice().low());
            if (!now.owner().equals(C)) assertThat(now.continues(then)).isTrue();
        }
    }

    @Test
    void whatOnePodAfterTheOtherCrashesWithIsPinnedToOneThatGetsNothingElse() {
        // Whoever owns the key is not heard of any more, three times in a row.
        SliceKey deadly = new SliceKey(0x4242424242424242L);
        List<Resource> alive = new ArrayList<>(List.of(A, B, C, pod("d"), pod("e"), pod("f")));
        world.joinAll(alive.toArray(Resource[]::new));
        for (int crash = 0; crash < 3; crash++) {
            alive.remove(world.map().tenureOf(deadly).owner());
            for (int i = 0; i < 6; i++) world.second(alive.toArray(Resource[]::new));
            world.settle(alive.toArray(Resource[]::new));
        }

        Resource guard = world.map().tenureOf(deadly).owner();
        assertThat(alive).contains(guard);
        assertThat(world.slices().keySet()).containsExactlyInAnyOrderElementsOf(alive);
        assertThat(world.shareOf(guard)).isLessThan(0.1);
    }

    @Test
    void podsThatLeaveInPeaceRaiseNoSuspicion() {
        SliceKey innocent = new SliceKey(0x4242424242424242L);
        List<Resource> alive = new ArrayList<>(List.of(A, B, C, pod("d"), pod("e"), pod("f")));
        world.joinAll(alive.toArray(Resource[]::new));
        for (int departure = 0; departure < 3; departure++) {
            Resource leaver = world.map().tenureOf(innocent).owner();
            alive.remove(leaver);
            world.goodbye(leaver);
            for (int i = 0; i < 6; i++) world.second(alive.toArray(Resource[]::new));
            world.settle(alive.toArray(Resource[]::new));
        }

        assertThat(alive).allSatisfy(pod -> assertThat(world.shareOf(pod)).isGreaterThan(0.2));
    }

    @Test
    void theOwnerServesOnWhileItsSuccessorPrepares() {
        world.join(A);
        world.joinUnprepared(B);

        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
        assertThat(world.comingTo(B)).isEqualTo(16);

        world.prepared(B);
        assertThat(world.slices()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void aSuccessorThatNeverGetsPreparedTakesOverColdAfterAWhile() {
        world.join(A);
        world.joinUnprepared(B);
        for (int i = 0; i < 20; i++) world.second(A, B);

        assertThat(world.slices()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void aSuccessorThatDiesIsForgottenAndTheOwnerKeepsEverything() {
        world.join(A);
        world.joinUnprepared(B);
        for (int i = 0; i < 5; i++) world.second(A);

        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
        assertThat(world.comingTo(B)).isZero();
    }

    @Test
    void theSuccessorServesNothingUntilTheFormerOwnerConfirms() {
        world.join(A);
        Generation old = world.current();
        world.joinUnprepared(B);
        world.prepared(B);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L));

        world.heartbeat(A, old);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L));

        world.heartbeat(A);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void noLeaseIsRenewedForAPodThatDoesNotKnowWhatWasTakenFromIt() {
        world.join(A);
        Generation old = world.current();
        world.joinUnprepared(B);
        world.prepared(B);

        assertThat(world.renew(A, old)).isInstanceOf(Renewal.Withheld.class);
        assertThat(world.renew(A, world.current())).isInstanceOf(Renewal.Renewed.class);
    }

    @Test
    void aFormerOwnerThatNeverConfirmsLosesTheSliceWithItsLease() {
        world.join(A);
        world.joinUnprepared(B);
        world.prepared(B);

        world.after(2_999);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L));
        world.after(1);
        assertThat(world.map().tenures().stream().filter(t -> t.isHeldBy(B))).hasSize(16);
    }

    @Test
    void aFormerOwnerThatIsCutOffFromTheAssignerConfirmsThroughTheStore() {
        world.join(A);
        world.joinUnprepared(B);
        world.prepared(B);
        world.renew(A, world.current());
        world.after(500);

        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void theSlicesOfACrashedPodMoveWhenItsLeaseHasRunOutAndNotBefore() {
        world.joinAll(A, B);
        world.streamBroke(B);
        for (int i = 0; i < 2; i++) world.second(A);
        assertThat(world.slices()).containsOnlyKeys(A, B);

        for (int i = 0; i < 2; i++) world.second(A);
        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
    }

    @Test
    void aPodThatRenewsInTheLastMomentKeepsItsSlices() {
        // Shows that the assigner's belief decides nothing: the transaction finds the renewal and is not made.
        world.joinAll(A, B);
        for (int i = 0; i < 2; i++) world.second(A);
        world.beforeNextCommit(() -> world.renew(B, world.current()));
        for (int i = 0; i < 2; i++) world.second(A);

        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void aPodWithoutAStreamKeepsItsSlicesWhileItRenews() {
        world.joinAll(A, B);
        world.streamBroke(B);
        int publications = world.published.size();
        for (int i = 0; i < 10; i++) world.second(A, B);

        assertThat(world.published).hasSize(publications);
    }

    @Test
    void aStoreThatWasAwayForAllIsNobodysDeath() {
        world.joinAll(A, B);
        int publications = world.published.size();
        world.storeIsAway = true;
        for (int i = 0; i < 60; i++) world.after(1_000);
        world.storeIsAway = false;
        for (int i = 0; i < 3; i++) world.second(A, B);

        assertThat(world.published).hasSize(publications);
    }

    @Test
    void aPodThatSaysGoodbyeIsReplacedAtOnce() {
        world.joinAll(A, B);
        world.goodbye(B);

        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
    }

    @Test
    void aGoodbyeThatNobodyHeardIsReadInTheStore() {
        world.joinAll(A, B);
        world.store.leave(B);
        world.after(500);

        assertThat(world.standing(B)).isEqualTo(Standing.LEFT);
        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
    }

    @Test
    void aPodThatIsAboutToLeaveServesUntilOthersArePrepared() {
        world.joinAll(A, B);
        world.store.renew(B, world.current(), true);
        world.after(500);
        assertThat(world.standing(B)).isEqualTo(Standing.LEAVING);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
        assertThat(world.comingTo(A)).isEqualTo(16);

        world.settle(A, B);
        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
    }

    @Test
    void successorsThatGetReadyAtOnceTakeOverTogetherButNobodyWaitsToServe() {
        world.joinAll(A, B, C);
        world.store.renew(C, world.current(), true);
        world.after(500);
        world.after(TAKE_PAUSE_MILLIS);
        long begun = world.current().number();
        world.heartbeat(A);
        assertThat(world.current().number()).isEqualTo(begun + 1);

        world.heartbeat(B);
        assertThat(world.comingTo(B)).isPositive();
        world.heartbeat(C);
        assertThat(world.awaitedFrom(C)).isZero();
        world.after(TAKE_PAUSE_MILLIS);
        assertThat(world.comingTo(B)).isZero();
        assertThat(world.current().number()).isEqualTo(begun + 3);
    }

    @Test
    void aPodThatDiesWhileItHandsOverIsWaitedForNoLongerThanAnyOther() {
        // The take-over was agreed upon two seconds after the last sign of life: the lease does not begin anew with it.
        world.joinAll(A, B);
        world.store.renew(B, world.current(), true);
        world.after(500);
        for (int i = 0; i < 2; i++) world.second(A);
        world.heartbeat(A);
        assertThat(world.awaitedFrom(B)).isPositive();

        for (int i = 0; i < 2; i++) world.second(A);
        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
    }

    @Test
    void aDrainedPodStaysAndGetsItsShareBackWhenItIsWantedAgain() {
        world.joinAll(A, B);
        assertThat(world.store.drain("b", true)).isTrue();
        world.after(500);
        world.settle(A, B);
        assertThat(world.held()).isEqualTo(Map.of(A, 32L));
        assertThat(world.standing(B)).isEqualTo(Standing.DRAINED);

        world.store.drain("b", false);
        world.letIn();
        world.settle(A, B);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void whileFrozenOnlyTheDeadAreReplaced() {
        world.joinAll(A, B);
        world.store.freeze(true);
        world.after(500);
        world.joinAll(C);
        world.settle(A, B, C);
        assertThat(world.slices()).containsOnlyKeys(A, B);

        for (int i = 0; i < 4; i++) world.second(A, C);
        assertThat(world.held()).containsOnlyKeys(A, C);

        world.store.freeze(false);
        for (int i = 0; i < 4; i++) world.second(A, C);
        world.settle(A, C);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, C, 16L));
    }

    @Test
    void theLastPodToLeaveKeepsItsNameOnTheMapUntilAnotherComes() {
        // Shows that the map never has a hole; the owner it names simply no longer serves.
        world.join(A);
        world.goodbye(A);
        assertThat(world.slices()).containsOnlyKeys(A);

        world.joinAll(B);
        assertThat(world.held()).containsOnlyKeys(B);
    }

    @Test
    void aPodThatStartsAgainInPlaceGetsItsSlicesBackWhenTheOldLeaseHasRunOut() {
        world.joinAll(A, B);
        Resource again = pod("b", 2);
        world.second(A);
        world.enter(again);
        assertThat(world.slices()).containsOnlyKeys(A, again);
        assertThat(world.held()).containsOnlyKeys(A);

        for (int i = 0; i < 4; i++) world.second(A, again);
        world.settle(A, again);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, again, 16L));
    }

    @Test
    void aLateRenewalOfAFormerIncarnationIsRefused() {
        world.join(A);
        world.join(pod("a", 2));

        assertThat(world.renew(A, world.current())).isInstanceOf(Renewal.Superseded.class);
    }

    @Test
    void aPodThatSleptLongerThanItsLeaseGetsNoneBeforeItKnowsWhatHappened() {
        // Shows that there is no moment with two owners: the sleeper wakes with an old map and asks for a lease.
        world.joinAll(A, B);
        Generation remembered = world.current();
        for (int i = 0; i < 4; i++) world.second(A);
        assertThat(world.held()).containsOnlyKeys(A);

        assertThat(world.renew(B, remembered)).isInstanceOf(Renewal.Withheld.class);
        world.joinAll(B);
        world.settle(A, B);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void nothingIsPublishedWhenNothingChanged() {
        world.joinAll(A, B);
        int publications = world.published.size();
        for (int i = 0; i < 100; i++) world.second(A, B);

        assertThat(world.published).hasSize(publications);
    }

    @Test
    void thereAreAlwaysEnoughSlicesToShare() {
        for (int i = 0; i < 10; i++) {
            world.joinAll(pod("pod-" + i));
            world.settle(world.pods());
        }

        assertThat(world.held()).hasSize(10);
        assertThat(world.held().values()).allMatch(count -> count >= 8);
    }

    @Test
    void aNewAssignerGoesOnWhereTheLastOneEnded() {
        world.joinAll(A, B);
        Assignment before = world.map();
        world.succeed(8);
        for (int i = 0; i < 10; i++) world.second(A, B);

        assertThat(world.map()).isEqualTo(before);
    }

    @Test
    void aNewAssignerFinishesTheHandOverOfTheLastOne() {
        world.join(A);
        world.joinUnprepared(B);
        world.prepared(B);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L));
        world.succeed(8);
        world.settle(A, B);

        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
        assertThat(world.current().incarnation()).isEqualTo(8);
    }

    @Test
    void anAssignerThatWasSucceededChangesNothingAnyMore() {
        // Two that both believe: the old one does not know yet, and finds out by its next commit.
        world.join(A);
        AssignerMachine old = world.machine;
        world.succeed(8);
        world.joinAll(B);
        world.settle(A, B);
        Assignment theirs = world.map();

        world.machine = old;
        world.joinAll(C);
        for (int i = 0; i < 3; i++) world.second(A, B, C);

        assertThat(world.map()).isEqualTo(theirs);
        assertThat(world.resigned).isTrue();
    }

    @Test
    void aCommitOfUnknownOutcomeIsLookedUp() {
        world.join(A);
        world.loseNextAnswer = true;
        world.joinAll(B);
        world.settle(A, B);

        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    /** An assigner, its store, the time, and all that was heard of it. */
    private static final class World {
        final MemoryShardStore store = new MemoryShardStore(7);
        final List<Assignment> published = new ArrayList<>();
        private final Set<Resource> unprepared = new HashSet<>();
        private final Deque<AssignerEvent> answers = new ArrayDeque<>();
        private long nowNanos;
        AssignerMachine machine = machine(7);
        boolean storeIsAway;
        boolean loseNextAnswer;
        boolean resigned;
        private Optional<Runnable> beforeCommit = Optional.empty();
        private long sequence;

        World() {
            after(0);
        }

        private AssignerMachine machine(long incarnation) {
            return new AssignerMachine(LeaseTerms.STANDARD, Policy.DEFAULT, incarnation, nowNanos, () -> true);
        }

        void succeed(long incarnation) {
            machine = machine(incarnation);
            after(0);
        }

        void after(long millis) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
            carryOut(machine.advance(nowNanos));
        }

        /** A second in the life of these pods. */
        void second(Resource... pods) {
            for (Resource pod : pods) renew(pod, current());
            after(500);
            after(500);
        }

        /** A newcomer is kept back for fifteen seconds, in case that another pod is about to leave. */
        void letIn() {
            for (int i = 0; i < 16; i++) second(pods());
        }

        /** As a real pod does it: enters the roll, learns the current map and confirms. */
        void enter(Resource pod) {
            renew(pod, Generation.ZERO);
            heartbeat(pod, Generation.ZERO);
            heartbeat(pod);
        }

        void join(Resource pod) {
            enter(pod);
            letIn();
        }

        void joinUnprepared(Resource pod) {
            unprepared.add(pod);
            join(pod);
        }

        void prepared(Resource pod) {
            unprepared.remove(pod);
            heartbeat(pod);
        }

        void joinAll(Resource... pods) {
            for (Resource pod : pods) {
                join(pod);
                settle(pods);
                settle(pods());
            }
        }

        /** Lets all confirm until everyone holds what it should. */
        void settle(Resource... pods) {
            for (int i = 0; i < 3; i++)
                for (Resource pod : pods) {
                    renew(pod, current());
                    heartbeat(pod);
                    after(TAKE_PAUSE_MILLIS);
                }
        }

        Renewal renew(Resource pod, Generation known) {
            return store.renew(pod, known, false);
        }

        void heartbeat(Resource pod) {
            heartbeat(pod, current());
        }

        void heartbeat(Resource pod, Generation known) {
            on(new AssignerEvent.Heartbeat(new Upstream.Heartbeat(pod, ++sequence, known, unprepared(pod))));
        }

        void goodbye(Resource pod) {
            store.leave(pod);
            on(new AssignerEvent.Goodbye(pod));
        }

        void streamBroke(Resource pod) {
            on(new AssignerEvent.StreamBroke(pod));
        }

        void beforeNextCommit(Runnable happens) {
            beforeCommit = Optional.of(happens);
        }

        Assignment map() {
            return store.map();
        }

        Generation current() {
            return map().generation();
        }

        Resource[] pods() {
            return machine.pods().stream().map(PodStatus::pod).toArray(Resource[]::new);
        }

        Standing standing(Resource pod) {
            return machine.pods().stream()
                    .filter(status -> status.pod().equals(pod))
                    .findFirst()
                    .orElseThrow()
                    .standing();
        }

        long comingTo(Resource pod) {
            return map().tenures().stream()
                    .filter(t -> t.hold() instanceof Hold.HandingOver handing
                            && handing.successor().equals(pod))
                    .count();
        }

        long awaitedFrom(Resource pod) {
            return map().tenures().stream()
                    .filter(t -> t.hold() instanceof Hold.Awaiting awaiting
                            && awaiting.former().equals(pod))
                    .count();
        }

        private Generation unprepared(Resource pod) {
            return unprepared.contains(pod) ? new Generation(7, 1) : Generation.ZERO;
        }

        /** Of the key space. */
        double shareOf(Resource pod) {
            return map().tenures().stream()
                            .filter(t -> t.isHeldBy(pod))
                            .mapToDouble(t -> (double) (t.slice().last().bits() >>> 1)
                                    - (double) (t.slice().low().bits() >>> 1))
                            .sum()
                    / Long.MAX_VALUE;
        }

        Map<Resource, Long> slices() {
            return count(map().tenures());
        }

        Map<Resource, Long> held() {
            return count(
                    map().tenures().stream().filter(t -> t.hold().isServed()).toList());
        }

        private static Map<Resource, Long> count(List<Tenure> tenures) {
            Map<Resource, Long> counts = new TreeMap<>();
            tenures.forEach(t -> counts.merge(t.owner(), 1L, Long::sum));
            return counts;
        }

        private void on(AssignerEvent event) {
            carryOut(machine.on(event, nowNanos));
        }

        private void carryOut(AssignerMachine.Decision decision) {
            decision.actions().forEach(this::carryOut);
            while (!answers.isEmpty()) on(answers.remove());
        }

        private void carryOut(AssignerAction action) {
            if (action instanceof AssignerAction.Publish publish) published.add(publish.assignment());
            else if (action instanceof AssignerAction.ReadRoll)
                answers.add(storeIsAway ? new AssignerEvent.RollLost() : new AssignerEvent.RollRead(store.roll()));
            else if (action instanceof AssignerAction.ReadMap)
                answers.add(storeIsAway ? new AssignerEvent.MapLost() : new AssignerEvent.MapRead(store.map()));
            else if (action instanceof AssignerAction.Commit commit) commit(commit);
            else if (action instanceof AssignerAction.Forget forget) store.forget(forget.lease());
            else if (action instanceof AssignerAction.Resign) resigned = true;
        }

        private void commit(AssignerAction.Commit commit) {
            beforeCommit.ifPresent(Runnable::run);
            beforeCommit = Optional.empty();
            var outcome = store.commit(commit.change());
            answers.add(loseNextAnswer ? new AssignerEvent.CommitLost() : new AssignerEvent.Committed(outcome));
            loseNextAnswer = false;
        }
    }
}
