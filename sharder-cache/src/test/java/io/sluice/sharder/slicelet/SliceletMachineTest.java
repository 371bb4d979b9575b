package io.sluice.sharder.slicelet;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.generation;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Ownership.Answer;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.store.Renewal;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.watch.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SliceletMachineTest {
    private static final Resource SELF = pod("self");
    private static final Resource OTHER = pod("other");
    private static final SliceKey KEY = SliceKey.of("sales", "eu");
    private static final Assignment MINE = assignment(1, held(Slice.ALL, SELF, 1));
    private static final Assignment THEIRS = assignment(2, held(Slice.ALL, OTHER, 2));
    private static final long LEASE_MILLIS = TimeUnit.NANOSECONDS.toMillis(LeaseTerms.STANDARD.heldNanos());

    private final List<SliceletAction> actions = new ArrayList<>();
    private SliceletMachine machine = machine(Consistency.LINEARIZABLE);
    private long nowNanos;

    @BeforeEach
    void connect() {
        after(0);
        renewed(Generation.ZERO);
        watched(new WatchEvent.Connected());
    }

    @Test
    void theAssignerIsWhereTheStoreSaysItIs() {
        assertThat(actions)
                .startsWith(new SliceletAction.Renew(Generation.ZERO, false), new SliceletAction.Connect("assigner:1"));

        after(1_000);
        renewal(new Renewal.Renewed(new Renewal.Head(Generation.ZERO, Optional.of("assigner:2"), true)));

        assertThat(actions).endsWith(new SliceletAction.Disconnect(), new SliceletAction.Connect("assigner:2"));
    }

    @Test
    void aMapAloneGivesNoRightToServe() {
        machine = machine(Consistency.LINEARIZABLE);
        after(0);
        machine.on(new SliceletEvent.MapRead(MINE), nowNanos);

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whereAffinityIsEnoughAMapAloneIs() {
        machine = machine(Consistency.AFFINITY);
        after(0);
        machine.on(new SliceletEvent.MapRead(MINE), nowNanos);
        assertThat(owns()).isEqualTo(Answer.OWNED);

        leave();
        machine.on(new SliceletEvent.MapRead(assignment(3, held(Slice.ALL, SELF, 3))), nowNanos);
        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void withMapAndLeaseTheSliceIsOwned() {
        hear(MINE);

        assertThat(owns()).isEqualTo(Answer.OWNED);
    }

    @Test
    void aNewMapIsConfirmedAtOnce() {
        hear(MINE);

        assertThat(lastHeartbeat().known()).isEqualTo(MINE.generation());
    }

    @Test
    void theLeaseIsCountedFromTheSendingOfTheRenewal() {
        // Shows that a slow answer does not prolong it: the store may have made the change long ago.
        hear(MINE);
        after(1_000);
        after(900);
        renewed(generation(1));

        after(LEASE_MILLIS - 901);
        assertThat(owns()).isEqualTo(Answer.OWNED);
        after(2);
        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void theOwnerStopsBeforeTheSliceMayBeGivenOnEvenWithASlowClock() {
        // The owner's clock may lag by 60/65: what it takes for its lease must still end within the assigner's.
        assertThat(LeaseTerms.STANDARD.heldNanos() * 65 / 60).isLessThanOrEqualTo(LeaseTerms.STANDARD.grantedNanos());
    }

    @Test
    void renewalsAndHeartbeatsGoOnEverySecond() {
        hear(MINE);
        actions.clear();
        for (int i = 0; i < 5; i++) {
            after(1_000);
            renewed(generation(1));
            answer();
        }

        assertThat(renewals()).hasSize(5);
        assertThat(heartbeats()).hasSize(5);
        assertThat(owns()).isEqualTo(Answer.OWNED);
    }

    @Test
    void withoutAnAssignerThePodServesOn() {
        hear(MINE);
        watched(new WatchEvent.Broke());
        for (int i = 0; i < 600; i++) {
            after(1_000);
            renewed(generation(1));
        }

        assertThat(owns()).isEqualTo(Answer.OWNED);
    }

    @Test
    void withoutAStoreThePodRefusesWhenItsLeaseEnds() {
        hear(MINE);
        for (int i = 0; i < 4; i++) {
            after(1_000);
            on(new SliceletEvent.RenewalLost());
        }

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aRenewalThatIsWithheldProlongsNothingAndTheMapIsRead() {
        hear(MINE);
        after(1_000);
        actions.clear();
        renewal(new Renewal.Withheld(generation(2), head(generation(2))));

        assertThat(actions).contains(new SliceletAction.ReadMap());
        on(new SliceletEvent.MapRead(THEIRS));
        assertThat(owns()).isEqualTo(Answer.NOT_OWNED);
        assertThat(removed()).isEqualTo(MINE.tenures());
    }

    @Test
    void aMapThatTheStreamDoesNotBringIsReadFromTheStore() {
        hear(MINE);
        after(1_000);
        actions.clear();
        renewed(generation(2));
        // It may be on its way: the renewal was answered in the very moment of the change.
        assertThat(actions).doesNotContain(new SliceletAction.ReadMap());

        after(1_000);
        renewed(generation(2));
        assertThat(actions).contains(new SliceletAction.ReadMap());
    }

    @Test
    void whatAnotherPodHoldsIsNotOwned() {
        hear(THEIRS);

        assertThat(owns()).isEqualTo(Answer.NOT_OWNED);
    }

    @Test
    void whatIsStillAwaitedIsNotServed() {
        hear(assignment(1, new Tenure(Slice.ALL, SELF, generation(1), new Hold.Awaiting(OTHER, generation(1)))));

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatIsToComeIsPreparedForAndSaidToBeWhenItIs() {
        Tenure coming = new Tenure(Slice.ALL, OTHER, generation(1), new Hold.HandingOver(SELF, generation(2)));
        hear(assignment(2, coming));

        assertThat(notified().get(0).change().coming()).containsExactly(coming);
        assertThat(lastHeartbeat().unprepared()).isEqualTo(generation(2));
        assertThat(owns()).isEqualTo(Answer.NOT_OWNED);

        on(new SliceletEvent.Prepared(generation(2)));
        assertThat(lastHeartbeat().unprepared()).isEqualTo(Generation.ZERO);
    }

    @Test
    void aSliceThatIsTakenIsReleasedBeforeThatIsConfirmed() {
        hear(MINE);
        actions.clear();
        hear(THEIRS);

        assertThat(owns()).isEqualTo(Answer.NOT_OWNED);
        assertThat(actions.get(0)).isInstanceOf(SliceletAction.Notify.class);
        assertThat(lastHeartbeat().known()).isEqualTo(generation(2));
        assertThat(renewals()).containsExactly(new SliceletAction.Renew(generation(2), false));
    }

    @Test
    void leavingReleasesEverythingAtOnceAndSaysSo() {
        hear(MINE);
        actions.clear();
        leave();

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
        assertThat(removed()).isEqualTo(MINE.tenures());
        assertThat(actions).contains(new SliceletAction.Send(new Upstream.Goodbye(SELF)), new SliceletAction.Leave());

        on(new SliceletEvent.Gone());
        assertThat(actions).contains(new SliceletAction.Retired(SliceletAction.Cause.LEFT));
    }

    @Test
    void whoeverIsAboutToLeaveServesUntilOthersHaveEverything() {
        hear(MINE);
        actions.clear();
        actions.addAll(machine.drain(nowNanos).actions());
        assertThat(renewals()).containsExactly(new SliceletAction.Renew(generation(1), true));
        renewed(generation(1));
        assertThat(owns()).isEqualTo(Answer.OWNED);

        hear(THEIRS);
        assertThat(actions).contains(new SliceletAction.Leave());
    }

    @Test
    void theLastOneToLeaveWaitsForNobody() {
        hear(MINE);
        machine.drain(nowNanos);
        renewal(new Renewal.Renewed(new Renewal.Head(generation(1), Optional.of("assigner:1"), false)));

        assertThat(actions).contains(new SliceletAction.Leave());
    }

    @Test
    void aRenewalFromBeforeDoesNotReviveAPodThatLeft() {
        hear(MINE);
        after(1_000);
        leave();
        renewed(generation(1));

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aPodThatWasSupersededServesNothingAndFallsSilent() {
        hear(MINE);
        after(1_000);
        renewal(new Renewal.Superseded());
        actions.clear();
        after(5_000);

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
        assertThat(heartbeats()).isEmpty();
        assertThat(renewals()).isEmpty();
    }

    @Test
    void aStreamThatFallsSilentForALeaseIsGivenUp() {
        hear(MINE);
        answer();
        actions.clear();
        after(2_999);
        assertThat(actions).doesNotContain(new SliceletAction.Disconnect());
        after(1);
        assertThat(actions).contains(new SliceletAction.Disconnect());

        after(1_000);
        assertThat(actions).contains(new SliceletAction.Connect("assigner:1"));
    }

    private static SliceletMachine machine(Consistency consistency) {
        return new SliceletMachine(SELF, LeaseTerms.STANDARD, consistency, new SplittableRandom(1), 0);
    }

    private static Renewal.Head head(Generation map) {
        return new Renewal.Head(map, Optional.of("assigner:1"), true);
    }

    private void renewed(Generation map) {
        renewal(new Renewal.Renewed(head(map)));
    }

    private void renewal(Renewal renewal) {
        on(new SliceletEvent.RenewalAnswered(renewal));
    }

    private void hear(Assignment map) {
        watched(new WatchEvent.Received(new Downstream.Snapshot(map)));
    }

    private void answer() {
        watched(new WatchEvent.Received(
                new Downstream.Answer(1, machine.holdings().assignment().generation())));
    }

    private void watched(WatchEvent event) {
        on(new SliceletEvent.Watched(event));
    }

    private void on(SliceletEvent event) {
        actions.addAll(machine.on(event, nowNanos).actions());
    }

    private void leave() {
        actions.addAll(machine.leave(nowNanos).actions());
    }

    private void after(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
        actions.addAll(machine.advance(nowNanos).actions());
    }

    private Answer owns() {
        return machine.holdings().owns(KEY, nowNanos);
    }

    private List<Upstream.Heartbeat> heartbeats() {
        return all(SliceletAction.Send.class).stream()
                .map(SliceletAction.Send::message)
                .filter(Upstream.Heartbeat.class::isInstance)
                .map(Upstream.Heartbeat.class::cast)
                .toList();
    }

    private Upstream.Heartbeat lastHeartbeat() {
        List<Upstream.Heartbeat> all = heartbeats();
        return all.get(all.size() - 1);
    }

    private List<SliceletAction.Renew> renewals() {
        return all(SliceletAction.Renew.class);
    }

    private List<SliceletAction.Notify> notified() {
        return all(SliceletAction.Notify.class);
    }

    private List<Tenure> removed() {
        return notified().stream().flatMap(n -> n.change().removed().stream()).toList();
    }

    private <T extends SliceletAction> List<T> all(Class<T> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
