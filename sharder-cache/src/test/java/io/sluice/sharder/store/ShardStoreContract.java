package io.sluice.sharder.store;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.generation;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.store.MapChange.Demand;
import io.sluice.sharder.store.PodLease.Standing;
import io.sluice.sharder.testkit.Maps;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the machines rely on, of every store alike. */
abstract class ShardStoreContract {
    private static final Resource A = pod("a");
    private static final Resource B = pod("b");

    private ShardStore store;

    /** An empty one. */
    abstract ShardStore create() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = create();
    }

    @Test
    void aPodEntersTheRollByRenewing() {
        assertThat(store.renew(A, Generation.ZERO, false)).isInstanceOf(Renewal.Renewed.class);
        store.renew(A, Generation.ZERO, false);

        assertThat(store.roll().leases()).containsExactly(new PodLease(A, 2, Generation.ZERO, Standing.SERVING));
    }

    @Test
    void aMapIsKeptAsItIs() {
        Assignment map = Maps.random(new SplittableRandom(5), 1);
        assertThat(store.map()).isEqualTo(Assignment.NONE);

        assertThat(commit(Generation.ZERO, map)).isInstanceOf(CommitOutcome.Committed.class);

        assertThat(store.map()).isEqualTo(map);
        assertThat(store.roll().map()).isEqualTo(map.generation());
    }

    @Test
    void aChangeOfAMapThatIsNotInForceIsRefused() {
        commit(Generation.ZERO, owned(1, A));
        commit(generation(1), owned(2, B));

        assertThat(commit(generation(1), owned(3, A))).isEqualTo(new CommitOutcome.Outrun(generation(2)));
        assertThat(commit(Generation.ZERO, owned(3, A))).isEqualTo(new CommitOutcome.Outrun(generation(2)));
        assertThat(store.map()).isEqualTo(owned(2, B));
    }

    @Test
    void ofManyThatChangeOneMapExactlyOneSucceeds() {
        commit(Generation.ZERO, owned(1, A));
        List<CompletableFuture<CommitOutcome>> attempts = IntStream.range(2, 10)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> commit(generation(1), owned(n, B))))
                .toList();

        assertThat(attempts.stream().map(CompletableFuture::join).filter(CommitOutcome.Committed.class::isInstance))
                .hasSize(1);
    }

    @Test
    void afterADemandNoOlderMapIsRenewed() {
        store.renew(A, Generation.ZERO, false);
        commit(Generation.ZERO, owned(1, A));
        store.renew(A, generation(1), false);
        commit(generation(1), owned(2, B), new Demand(A, OptionalLong.empty()));

        assertThat(store.renew(A, generation(1), false))
                .isEqualTo(
                        new Renewal.Withheld(generation(2), new Renewal.Head(generation(2), Optional.empty(), true)));
        assertThat(store.renew(A, generation(2), false)).isInstanceOf(Renewal.Renewed.class);
    }

    @Test
    void whoeverIsBelievedDeadButRenewedKeepsWhatItHas() {
        store.renew(A, Generation.ZERO, false);
        commit(Generation.ZERO, owned(1, A));
        long seen = store.roll().leases().get(0).renewals();
        store.renew(A, generation(1), false);

        assertThat(commit(generation(1), owned(2, B), new Demand(A, OptionalLong.of(seen))))
                .isEqualTo(new CommitOutcome.Alive(A));
        assertThat(store.map()).isEqualTo(owned(1, A));
        assertThat(store.renew(A, generation(1), false)).isInstanceOf(Renewal.Renewed.class);
    }

    @Test
    void whoeverRenewedUnseenBeforeItsPlaceWasTakenIsNotTakenForDead() {
        // Shows a gap that the simulation found: the former process may serve on until the lease of that renewal ends.
        store.renew(A, Generation.ZERO, false);
        commit(Generation.ZERO, owned(1, A));
        long seen = store.roll().leases().get(0).renewals();
        store.renew(A, generation(1), false);
        store.renew(new Resource(A.name(), A.address(), A.incarnation() + 1), generation(1), false);

        assertThat(commit(generation(1), owned(2, B), new Demand(A, OptionalLong.of(seen))))
                .isEqualTo(new CommitOutcome.Alive(A));
        assertThat(commit(generation(1), owned(2, B), new Demand(A, OptionalLong.empty())))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void whoeverIsDeadLosesEverything() {
        store.renew(A, Generation.ZERO, false);
        commit(Generation.ZERO, owned(1, A));
        long seen = store.roll().leases().get(0).renewals();

        assertThat(commit(generation(1), owned(2, B), new Demand(A, OptionalLong.of(seen))))
                .isInstanceOf(CommitOutcome.Committed.class);
        assertThat(store.renew(A, generation(1), false)).isInstanceOf(Renewal.Withheld.class);
    }

    @Test
    void aDemandOnAPodThatLeftStandsInNobodysWay() {
        assertThat(commit(Generation.ZERO, owned(1, B), new Demand(A, OptionalLong.of(3))))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aPodThatWasForgottenStartsFromTheMapOfNow() {
        // Shows that a sleeper of ten minutes, long off the roll, does not get a lease under the map it remembers.
        store.renew(A, Generation.ZERO, false);
        commit(Generation.ZERO, owned(1, A));
        store.forget(store.roll().leases().get(0));
        commit(generation(1), owned(2, B));

        assertThat(store.renew(A, generation(1), false)).isInstanceOf(Renewal.Withheld.class);
        assertThat(store.renew(A, generation(2), false)).isInstanceOf(Renewal.Renewed.class);
    }

    @Test
    void aPodThatRenewedMeanwhileIsNotForgotten() {
        store.renew(A, Generation.ZERO, false);
        PodLease seen = store.roll().leases().get(0);
        store.renew(A, Generation.ZERO, false);
        store.forget(seen);

        assertThat(store.roll().leases()).hasSize(1);
    }

    @Test
    void aLaterProcessTakesThePlaceOfAnEarlierOne() {
        store.renew(A, Generation.ZERO, false);
        Resource again = pod("a", 2);
        store.renew(again, Generation.ZERO, false);

        assertThat(store.renew(A, Generation.ZERO, false)).isInstanceOf(Renewal.Superseded.class);
        assertThat(store.roll().leases()).extracting(PodLease::pod).containsExactly(again);
        store.leave(A);
        assertThat(store.roll().leases()).extracting(PodLease::standing).containsExactly(Standing.SERVING);
        store.leave(again);
        assertThat(store.roll().leases()).extracting(PodLease::standing).containsExactly(Standing.LEFT);
        assertThat(store.renew(again, Generation.ZERO, false)).isInstanceOf(Renewal.Withheld.class);
    }

    @Test
    void whoeverWantsToLeaveOrIsDrainedIsSeenToBe() {
        store.renew(A, Generation.ZERO, true);
        store.renew(B, Generation.ZERO, false);
        assertThat(store.drain("b", true)).isTrue();
        assertThat(store.drain("nobody", true)).isFalse();
        store.renew(B, Generation.ZERO, false);

        assertThat(store.roll().leases())
                .extracting(PodLease::standing)
                .containsExactly(Standing.LEAVING, Standing.DRAINED);
        assertThat(((Renewal.Renewed) store.renew(B, Generation.ZERO, false))
                        .head()
                        .isAnyoneServing())
                .isFalse();
        store.drain("b", false);
        assertThat(store.roll().leases().get(1).standing()).isEqualTo(Standing.SERVING);
    }

    @Test
    void whoeverLeavesByItselfIsNeitherDrainedNorKept() {
        store.renew(A, Generation.ZERO, true);
        store.renew(B, Generation.ZERO, false);
        store.leave(B);

        for (boolean drained : new boolean[] {true, false})
            for (String name : List.of("a", "b"))
                assertThat(store.drain(name, drained)).isTrue();

        assertThat(store.roll().leases())
                .extracting(PodLease::standing)
                .containsExactly(Standing.LEAVING, Standing.LEFT);
    }

    @Test
    void freezingOutlivesTheMapsThatFollow() {
        store.freeze(true);
        assertThat(store.roll().frozen()).isTrue();
        commit(Generation.ZERO, owned(1, A));
        assertThat(store.roll().frozen()).isTrue();
        store.freeze(false);
        assertThat(store.roll().frozen()).isFalse();
        assertThat(store.map()).isEqualTo(owned(1, A));
    }

    @Test
    void oneLeaderFollowsTheOther() {
        Leader first = store.campaign(A, "a:1", Optional.empty()).orElseThrow();
        assertThat(store.campaign(B, "b:1", Optional.empty())).isEmpty();
        assertThat(store.leader()).contains(first);
        assertThat(head().assigner()).contains("a:1");

        assertThat(store.hold(first)).isTrue();
        assertThat(store.campaign(B, "b:1", Optional.of(first))).isEmpty();

        Leader second = store.campaign(B, "b:1", store.leader()).orElseThrow();
        assertThat(second.incarnation()).isGreaterThan(first.incarnation());
        assertThat(store.hold(first)).isFalse();
        assertThat(store.leader()).contains(second);
    }

    @Test
    void whoeverAbdicatesIsNoLongerNamed() {
        Leader first = store.campaign(A, "a:1", Optional.empty()).orElseThrow();
        store.abdicate(first);

        assertThat(head().assigner()).isEmpty();
        assertThat(store.leader().orElseThrow().hasAbdicated()).isTrue();
        assertThat(store.campaign(B, "b:1", store.leader())).isPresent();
        store.abdicate(first);
        assertThat(head().assigner()).contains("b:1");
    }

    private Renewal.Head head() {
        return ((Renewal.Renewed) store.renew(pod("watcher"), store.map().generation(), false)).head();
    }

    private static Assignment owned(long number, Resource owner) {
        return assignment(number, held(Slice.ALL, owner, number));
    }

    private CommitOutcome commit(Generation base, Assignment next, Demand... demands) {
        return store.commit(new MapChange(base, next, List.of(demands)));
    }
}
