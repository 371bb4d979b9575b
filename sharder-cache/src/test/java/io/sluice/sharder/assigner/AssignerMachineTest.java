package io.sluice.sharder.assigner;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.assigner.PodStatus.Standing;
import io.sluice.sharder.store.Renewal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The machine over a store in memory, which answers at once unless it is told to be away. */
class AssignerMachineTest {
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
        world.after(World.TAKE_PAUSE_MILLIS);
        long begun = world.current().number();
        world.heartbeat(A);
        assertThat(world.current().number()).isEqualTo(begun + 1);

        world.heartbeat(B);
        assertThat(world.comingTo(B)).isPositive();
        world.heartbeat(C);
        assertThat(world.awaitedFrom(C)).isZero();
        world.after(World.TAKE_PAUSE_MILLIS);
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
}
