package io.sluice.sharder.assigner;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.assigner.PodStatus.Standing;
import io.sluice.sharder.watch.Downstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssignerMachineTest {
    private static final Resource A = pod("a");
    private static final Resource B = pod("b");
    private static final Resource C = pod("c");

    private final World world = new World(Predecessors.NONE);

    @Test
    void theFirstPodGetsEverythingAtOnce() {
        world.join(A);

        assertThat(world.slices()).containsOnlyKeys(A);
        assertThat(world.held()).isEqualTo(world.slices());
        assertThat(world.leaseRenewed()).isTrue();
    }

    @Test
    void podsThatAreThereFromTheBeginningShareEvenly() {
        // Shows the first assignment of all: both pods were heard while the assigner kept quiet.
        World careful = new World(Predecessors.MAY_HAVE_GRANTED_LEASES);
        careful.heartbeat(A);
        careful.heartbeat(B);
        assertThat(careful.machine.assignment().isEmpty()).isTrue();

        careful.after(3_000);
        careful.heartbeat(A);
        careful.heartbeat(B);

        assertThat(careful.slices()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void anAssignerKeepsQuietWhileLeasesOfAFormerOneMayLast() {
        World careful = new World(Predecessors.MAY_HAVE_GRANTED_LEASES);
        careful.after(2_999);
        careful.heartbeat(A);

        assertThat(careful.published).isEmpty();
        assertThat(careful.leaseRenewed()).isFalse();
    }

    @Test
    void aPodIsGivenNothingBeforeItHoldsTheCurrentMap() {
        world.join(A);
        world.heartbeat(B, Generation.ZERO);

        assertThat(world.slices()).containsOnlyKeys(A);
        assertThat(world.standing(B)).isEqualTo(Standing.JOINING);
    }

    @Test
    void aNewcomerTakesItsShareAndNothingElseMoves() {
        world.join(A);
        world.join(B);
        world.settle(A, B);
        Assignment before = world.machine.assignment();
        world.join(C);
        world.settle(A, B, C);
        Assignment after = world.machine.assignment();

        assertThat(world.slices().values()).containsExactlyInAnyOrder(11L, 11L, 10L);
        for (Tenure tenure : before.tenures()) {
            Tenure now = after.tenureOf(tenure.slice().low());
            if (!now.owner().equals(C)) assertThat(now).isEqualTo(tenure);
        }
    }

    @Test
    void aNewcomerWaitsUntilTheFormerOwnerConfirms() {
        world.join(A);
        world.join(B);
        assertThat(world.slices()).isEqualTo(Map.of(A, 16L, B, 16L));
        assertThat(world.held()).containsOnlyKeys(A);

        world.heartbeat(A);

        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void noLeaseIsRenewedForAPodThatDoesNotKnowWhatWasTakenFromIt() {
        world.join(A);
        Generation old = world.current();
        world.join(B);

        world.after(500);
        world.heartbeat(A, old);

        assertThat(world.leaseRenewed()).isFalse();
        assertThat(world.held()).containsOnlyKeys(A);
    }

    @Test
    void aFormerOwnerThatNeverConfirmsLosesTheSliceWithItsLease() {
        world.join(A);
        Generation old = world.current();
        world.join(B);
        for (int i = 0; i < 2; i++) {
            world.after(1_000);
            world.heartbeat(A, old);
            world.heartbeat(B);
        }
        assertThat(world.held()).containsOnlyKeys(A);

        world.after(1_000);

        assertThat(world.slices()).containsOnlyKeys(B);
        assertThat(world.held()).containsOnlyKeys(B);
    }

    @Test
    void theSlicesOfACrashedPodMoveWhenItsLeaseHasRunOutAndNotBefore() {
        world.join(A);
        world.join(B);
        world.settle(A, B);
        world.streamBroke(B);

        world.after(2_000);
        world.heartbeat(A);
        world.after(999);
        assertThat(world.slices()).containsOnlyKeys(A, B);

        world.after(1);
        assertThat(world.slices()).containsOnlyKeys(A);
        assertThat(world.held()).isEqualTo(world.slices());
    }

    @Test
    void aStreamThatBreaksAndReturnsWithinTheLeaseMovesNothing() {
        world.join(A);
        world.join(B);
        world.settle(A, B);
        int publications = world.published.size();

        world.streamBroke(B);
        world.after(1_500);
        world.heartbeat(A);
        world.heartbeat(B);
        world.after(1_500);
        world.heartbeat(A);

        assertThat(world.published).hasSize(publications);
    }

    @Test
    void aPodThatSaysGoodbyeIsReplacedAtOnce() {
        world.join(A);
        world.join(B);
        world.settle(A, B);

        world.goodbye(B);

        assertThat(world.slices()).containsOnlyKeys(A);
        assertThat(world.held()).isEqualTo(world.slices());
        assertThat(world.dismissed).containsEntry(B, Downstream.Reason.LEFT);
    }

    @Test
    void aHeartbeatThatWasOvertakenByTheGoodbyeBringsNobodyBack() {
        world.join(A);
        world.join(B);
        world.settle(A, B);
        world.goodbye(B);
        world.heartbeat(B);

        assertThat(world.slices()).containsOnlyKeys(A);
        assertThat(world.standing(B)).isEqualTo(Standing.LEFT);
    }

    @Test
    void theLastPodToLeaveKeepsItsNameOnTheMapUntilAnotherComes() {
        // Shows that the map never has a hole; the owner it names simply no longer serves.
        world.join(A);
        world.goodbye(A);
        assertThat(world.slices()).containsOnlyKeys(A);

        world.join(B);
        assertThat(world.held()).containsOnlyKeys(B);
    }

    @Test
    void aPodThatStartsAgainInPlaceGetsItsSlicesBackWhenTheOldLeaseHasRunOut() {
        world.join(A);
        world.join(B);
        world.settle(A, B);
        Resource again = pod("b", 2);
        world.after(1_000);
        world.heartbeat(A);
        world.join(again);

        assertThat(world.slices()).isEqualTo(Map.of(A, 16L, again, 16L));
        assertThat(world.held()).containsOnlyKeys(A);

        world.after(1_000);
        world.heartbeat(A);
        world.heartbeat(again);
        assertThat(world.held()).containsOnlyKeys(A);
        world.after(1_000);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, again, 16L));
    }

    @Test
    void ofTwoPodsWithOneAddressTheLaterIncarnationWins() {
        Resource later = pod("a", 2);
        world.join(later);
        world.heartbeat(A);

        assertThat(world.slices()).containsOnlyKeys(later);
        assertThat(world.dismissed).containsEntry(A, Downstream.Reason.SUPERSEDED);
    }

    @Test
    void aLateHeartbeatOfAFormerIncarnationProlongsNothing() {
        world.join(A);
        Generation old = world.current();
        Resource again = pod("a", 2);
        world.join(again);
        world.after(2_500);
        world.heartbeat(again);
        world.heartbeat(A, old);
        world.after(500);

        assertThat(world.held()).containsOnlyKeys(again);
    }

    @Test
    void aPodThatSleptLongerThanItsLeaseGetsNoneBeforeItKnowsWhatHappened() {
        // Shows that there is no moment with two owners: the sleeper wakes with an old map and asks for a lease.
        world.join(A);
        world.join(B);
        world.settle(A, B);
        Generation remembered = world.current();
        for (int i = 0; i < 4; i++) {
            world.after(1_000);
            world.heartbeat(A);
        }
        assertThat(world.held()).containsOnlyKeys(A);

        world.heartbeat(B, remembered);
        assertThat(world.leaseRenewed()).isFalse();
        assertThat(world.held()).containsOnlyKeys(A);

        world.heartbeat(B);
        world.settle(A, B);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    @Test
    void nothingIsPublishedWhenNothingChanged() {
        world.join(A);
        world.join(B);
        world.settle(A, B);
        int publications = world.published.size();

        for (int i = 0; i < 100; i++) {
            world.after(1_000);
            world.heartbeat(A);
            world.heartbeat(B);
        }

        assertThat(world.published).hasSize(publications);
    }

    @Test
    void thereAreAlwaysEnoughSlicesToShare() {
        for (int i = 0; i < 10; i++) {
            world.join(pod("pod-" + i));
            world.settle(world.pods());
        }

        assertThat(world.machine.assignment().tenures()).hasSize(128);
        assertThat(world.slices().values()).allMatch(count -> count == 12 || count == 13);
    }

    @Test
    void aPodThatHasSeenALaterAssignerIsOvertaken() {
        // Shows that a new assigner with a slow clock still gets heard: it steps over the incarnation of the old one.
        Generation foreign = new Generation(1_000_000, 50);
        world.join(A);
        world.heartbeat(B, foreign);

        assertThat(world.current().incarnation()).isEqualTo(1_000_001);
        assertThat(world.leaseRenewed()).isFalse();
        world.settle(A, B);
        assertThat(world.held()).isEqualTo(Map.of(A, 16L, B, 16L));
    }

    /** An assigner, the time, and all that was heard of it. */
    private static final class World {
        final AssignerMachine machine;
        final List<Assignment> published = new ArrayList<>();
        final Map<Resource, Downstream.Reason> dismissed = new TreeMap<>();
        private long nowNanos;
        private long sequence;
        private boolean renewed;

        World(Predecessors predecessors) {
            machine = new AssignerMachine(LeaseTerms.STANDARD, 7, predecessors, 0);
        }

        void after(long millis) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
            carryOut(machine.advance(nowNanos));
        }

        /** As a real pod does it: learns the current map and confirms until it has its share. */
        void join(Resource pod) {
            heartbeat(pod, Generation.ZERO);
            heartbeat(pod);
            heartbeat(pod);
        }

        /** Lets all confirm until everyone holds what it should. */
        void settle(Resource... pods) {
            for (int i = 0; i < 3; i++) for (Resource pod : pods) heartbeat(pod);
        }

        void heartbeat(Resource pod) {
            heartbeat(pod, current());
        }

        void heartbeat(Resource pod, Generation known) {
            on(new AssignerEvent.Heartbeat(pod, ++sequence, known));
        }

        void goodbye(Resource pod) {
            on(new AssignerEvent.Goodbye(pod));
        }

        void streamBroke(Resource pod) {
            on(new AssignerEvent.StreamBroke(pod));
        }

        boolean leaseRenewed() {
            return renewed;
        }

        Generation current() {
            return machine.assignment().generation();
        }

        Resource[] pods() {
            return machine.pods(nowNanos).stream().map(PodStatus::pod).toArray(Resource[]::new);
        }

        Standing standing(Resource pod) {
            return machine.pods(nowNanos).stream()
                    .filter(status -> status.pod().equals(pod))
                    .findFirst()
                    .orElseThrow()
                    .standing();
        }

        Map<Resource, Long> slices() {
            return count(machine.assignment().tenures());
        }

        Map<Resource, Long> held() {
            return count(machine.assignment().tenures().stream()
                    .filter(t -> t.phase() == Tenure.Phase.HELD)
                    .toList());
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
            for (AssignerAction action : decision.actions()) {
                if (action instanceof AssignerAction.Publish publish) published.add(publish.assignment());
                else if (action instanceof AssignerAction.Answer answer) renewed = answer.leaseRenewed();
                else if (action instanceof AssignerAction.Dismiss dismiss)
                    dismissed.put(dismiss.pod(), dismiss.reason());
            }
        }
    }
}
