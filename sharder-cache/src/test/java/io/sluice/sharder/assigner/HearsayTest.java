package io.sluice.sharder.assigner;

import static io.sluice.sharder.membership.PodNotice.Kind.APPEARED;
import static io.sluice.sharder.membership.PodNotice.Kind.GONE;
import static io.sluice.sharder.membership.PodNotice.Kind.LOCATED;
import static io.sluice.sharder.membership.PodNotice.Kind.NOT_READY;
import static io.sluice.sharder.membership.PodNotice.Kind.READY;
import static io.sluice.sharder.membership.PodNotice.Kind.TERMINATING;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.membership.PodSighting.Workload;
import io.sluice.sharder.store.PodLease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the assigner makes of the platform's word and of pods that could not reach one another. */
class HearsayTest {
    private static final Resource A = pod("a");
    private static final Resource B = pod("b");
    private static final Resource C = pod("c");
    private static final Resource D = pod("d");

    private final World world = new World();

    @Test
    void aPodThatIsToldToEndIsDrainedAndItsReadyReplacementGetsWhatItHad() {
        world.joinAll(A, B);
        Map<Resource, Long> before = world.held();
        tell(READY, A, "catalog");
        tell(READY, B, "catalog");
        tell(APPEARED, C, "catalog");
        world.enter(C);
        tell(READY, C, "catalog");

        tell(TERMINATING, A, "catalog");
        world.second(A, B, C);
        world.settle(A, B, C);

        assertThat(standing(A)).isEqualTo(PodLease.Standing.DRAINED);
        assertThat(world.held()).isEqualTo(Map.of(C, before.get(A), B, before.get(B)));
    }

    @Test
    void ofSeveralAtATimeEachGoesOverToTheOneOfItsOwnWorkload() {
        // Without the platform's word it would be the order of their names: from a to c, from b to d.
        world.joinAll(A, B, pod("x"));
        Assignment before = world.map();
        tell(READY, A, "catalog");
        tell(READY, B, "sharing");
        tell(APPEARED, C, "sharing");
        tell(APPEARED, D, "catalog");
        world.enter(C);
        world.enter(D);
        tell(READY, C, "sharing");
        tell(READY, D, "catalog");
        for (Resource pod : List.of(A, B))
            world.notice(TERMINATING, sighting(pod, TERMINATING, pod.equals(A) ? "catalog" : "sharing"));
        for (int i = 0; i < 2; i++) {
            world.second(A, B, C, D, pod("x"));
            world.settle(A, B, C, D, pod("x"));
        }

        // What had more than a fair share before may lose some of it on the way.
        for (Tenure now : world.map().tenures()) {
            Resource then = before.tenureOf(now.slice().low()).owner();
            if (now.owner().equals(D)) assertThat(then).isEqualTo(A);
            if (then.equals(B)) assertThat(now.owner()).isEqualTo(C);
        }
        assertThat(world.held()).containsOnlyKeys(C, D, pod("x"));
    }

    @Test
    void aDrainThatTheStoreDidNotHearIsAskedForAgain() {
        world.joinAll(A, B);
        tell(READY, A, "catalog");
        world.loseDrains = true;
        tell(TERMINATING, A, "catalog");
        assertThat(standing(A)).isEqualTo(PodLease.Standing.SERVING);

        world.loseDrains = false;
        world.second(A, B);

        assertThat(standing(A)).isEqualTo(PodLease.Standing.DRAINED);
    }

    @Test
    void aNewProcessUnderTheNameOfOneThatWasToldToEndIsWanted() {
        // Shows that late news do no harm: nobody told us that the pod is gone and that another has its name.
        world.joinAll(A, B);
        tell(READY, A, "catalog");
        tell(TERMINATING, A, "catalog");
        Resource next = new Resource("a", "elsewhere:8080", 2);
        world.enter(next);
        for (int i = 0; i < 20; i++) {
            world.second(B, next);
            world.settle(B, next);
        }

        assertThat(standing(next)).isEqualTo(PodLease.Standing.SERVING);
        assertThat(world.held()).containsKey(next);
    }

    @Test
    void aFreshAssignerLearnsFromTheFirstListWhoIsEnding() {
        world.joinAll(A, B);
        world.succeed(8);
        tell(TERMINATING, A, "catalog");

        assertThat(standing(A)).isEqualTo(PodLease.Standing.DRAINED);
    }

    @Test
    void aPodThatNobodyReachesLosesItsSlicesThoughItRenewsItsLeaseAndGetsThemBack() {
        world.joinAll(A, B, C);
        tell(READY, B, "catalog");
        tell(NOT_READY, B, "catalog");
        world.streamBroke(B);
        for (int i = 0; i < 4; i++) world.second(A, B, C);
        assertThat(world.slices()).containsKey(B);

        for (int i = 0; i < 4; i++) {
            world.second(A, B, C);
            world.settle(A, C);
        }
        assertThat(world.slices()).doesNotContainKey(B);

        world.heartbeat(B);
        tell(READY, B, "catalog");
        for (int i = 0; i < 20; i++) {
            world.second(A, B, C);
            world.settle(A, B, C);
        }
        assertThat(world.slices()).containsKey(B);
    }

    @Test
    void whoeverReachesNoneOfTheOthersIsNotBelieved() {
        world.joinAll(A, B, C);
        world.streamBroke(B);
        world.streamBroke(C);
        for (int i = 0; i < 20; i++) {
            world.complain(A, B, C);
            for (Resource pod : List.of(A, B, C)) world.renew(pod, world.current());
            world.after(500);
            world.after(500);
        }

        assertThat(world.held()).containsOnlyKeys(A, B, C);
    }

    @Test
    void aPodThatNobodyAsksAnyMoreIsNotReachedForThat() {
        world.joinAll(A, B, C);
        world.streamBroke(B);
        for (int i = 0; i < 10; i++) {
            world.complain(A, B);
            world.complain(C, B);
            world.second(A, B, C);
            world.settle(A, C);
        }
        assertThat(world.slices()).doesNotContainKey(B);

        for (int i = 0; i < 60; i++) {
            world.complain(A);
            world.complain(C);
            world.second(A, B, C);
            world.settle(A, C);
            assertThat(world.slices()).doesNotContainKey(B);
        }
    }

    @Test
    void twoOfThreeDecideAndNoneOfThemAlone() {
        for (int which = 0; which < 8; which++) {
            World fresh = new World();
            fresh.joinAll(A, B, C);
            fresh.notice(READY, sighting(B, READY, "catalog"));
            if ((which & 1) != 0) fresh.streamBroke(B);
            if ((which & 2) != 0) fresh.notice(GONE, sighting(B, READY, "catalog"));
            for (int i = 0; i < 10; i++) {
                if ((which & 4) != 0) fresh.complain(A, B);
                fresh.second(A, B, C);
                fresh.settle(A, C);
            }

            assertThat(fresh.slices().containsKey(B)).as("evidence " + which).isEqualTo(Integer.bitCount(which) < 2);
        }
    }

    @Test
    void aPodWithoutOthersKeepsWhatItHasWhateverIsSaidOfIt() {
        world.join(A);
        tell(READY, A, "catalog");
        tell(GONE, A, "catalog");
        world.streamBroke(A);
        for (int i = 0; i < 10; i++) world.second(A);

        assertThat(world.held()).containsOnlyKeys(A);
    }

    @Test
    void podsAreKnownByNameOrByAHostOfTheirOwnAndHaveTheZoneThatTheirNodeHas() {
        Resource byName = new Resource("sluice-0", "http://10.0.0.1:8080", 1);
        Resource byHost = new Resource("http://10.0.0.2:8080", "10.0.0.2:4510", 1);
        Resource byDomain = new Resource("third", "http://sluice-2.sluice.lake.svc:8080", 1);
        Resource stranger = new Resource("fourth", "http://10.0.0.9:8080", 1);
        Hearsay hearsay = new Hearsay();
        for (int i = 0; i < 3; i++)
            hearsay.hear(new PodNotice(LOCATED, sighting("sluice-" + i, "10.0.0." + (i + 1), "zone-" + i)), 0);
        // Two on one host, which says nothing of either.
        hearsay.hear(new PodNotice(LOCATED, sighting("p", "10.0.0.9", "p's")), 0);
        hearsay.hear(new PodNotice(LOCATED, sighting("q", "10.0.0.9", "q's")), 0);
        hearsay.look(List.of(byName, byHost, byDomain, stranger));

        assertThat(List.of(byName, byHost, byDomain, stranger))
                .extracting(hearsay::zone)
                .containsExactly("zone-0", "zone-1", "zone-2", "");
    }

    private void tell(PodNotice.Kind kind, Resource pod, String workload) {
        world.notice(kind, sighting(pod, kind, workload));
    }

    private PodLease.Standing standing(Resource pod) {
        return world.store.roll().leases().stream()
                .filter(lease -> lease.pod().equals(pod))
                .findFirst()
                .orElseThrow()
                .standing();
    }

    private static PodSighting sighting(Resource pod, PodNotice.Kind kind, String workload) {
        PodSighting.Standing standing = kind == TERMINATING
                ? PodSighting.Standing.TERMINATING
                : kind == READY ? PodSighting.Standing.READY : PodSighting.Standing.NOT_READY;
        Workload of = new Workload(workload, Optional.empty());
        return new PodSighting("uid of " + pod, pod.name(), "", "", standing, Optional.of(of));
    }

    private static PodSighting sighting(String name, String host, String zone) {
        return new PodSighting("uid of " + name, name, host, zone, PodSighting.Standing.READY, Optional.empty());
    }
}
