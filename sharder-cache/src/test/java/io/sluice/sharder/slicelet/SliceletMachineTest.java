package io.sluice.sharder.slicelet;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Ownership.Answer;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.testkit.Maps;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.watch.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SliceletMachineTest {
    private static final Resource SELF = pod("self");
    private static final Resource OTHER = pod("other");
    private static final SliceKey KEY = SliceKey.of("sales", "eu");
    private static final Assignment MINE = assignment(1, held(Slice.ALL, SELF, 1));
    private static final long LEASE_MILLIS = TimeUnit.NANOSECONDS.toMillis(LeaseTerms.STANDARD.heldNanos());

    private final SliceletMachine machine = new SliceletMachine(SELF, LeaseTerms.STANDARD, new SplittableRandom(1), 0);
    private final List<SliceletAction> actions = new ArrayList<>();
    private long nowNanos;

    @BeforeEach
    void connect() {
        after(0);
        on(new WatchEvent.Connected());
    }

    @Test
    void aMapAloneGivesNoRightToServe() {
        hear(new Downstream.Snapshot(MINE));

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void withMapAndLeaseTheSliceIsOwned() {
        serve();

        assertThat(owns()).isEqualTo(Answer.OWNED);
    }

    @Test
    void aNewMapIsConfirmedAtOnce() {
        hear(new Downstream.Snapshot(MINE));

        assertThat(lastHeartbeat().known()).isEqualTo(MINE.generation());
    }

    @Test
    void theLeaseIsCountedFromTheSendingOfTheHeartbeat() {
        // Shows that a slow answer does not prolong it: the assigner may have heard the heartbeat long ago.
        hear(new Downstream.Snapshot(MINE));
        long sequence = lastHeartbeat().sequence();
        after(900);
        renew(sequence);

        after(LEASE_MILLIS - 901);
        assertThat(owns()).isEqualTo(Answer.OWNED);
        after(2);
        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void theOwnerStopsBeforeTheAssignerMayGiveTheSliceOnEvenWithASlowClock() {
        // The owner's clock may lag by 60/65: what it takes for its lease must still end within the assigner's.
        assertThat(LeaseTerms.STANDARD.heldNanos() * 65 / 60).isLessThanOrEqualTo(LeaseTerms.STANDARD.grantedNanos());
    }

    @Test
    void heartbeatsGoOnEverySecond() {
        serve();
        actions.clear();
        for (int i = 0; i < 5; i++) {
            after(1_000);
            renew(lastHeartbeat().sequence());
        }

        assertThat(heartbeats()).hasSize(5);
        assertThat(owns()).isEqualTo(Answer.OWNED);
    }

    @Test
    void anAnswerThatRenewsNothingProlongsNothing() {
        serve();
        for (int i = 0; i < 3; i++) {
            after(1_000);
            hear(new Downstream.Answer(lastHeartbeat().sequence(), false, MINE.generation()));
        }

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatAnotherPodHoldsIsNotOwned() {
        hear(new Downstream.Snapshot(assignment(1, held(Slice.ALL, OTHER, 1))));
        renew(lastHeartbeat().sequence());

        assertThat(owns()).isEqualTo(Answer.NOT_OWNED);
    }

    @Test
    void whatIsStillAwaitedIsNotServed() {
        hear(new Downstream.Snapshot(
                assignment(1, new Tenure(Slice.ALL, SELF, Maps.generation(1), Tenure.Phase.AWAITING_RELEASE))));
        renew(lastHeartbeat().sequence());

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aSliceThatIsTakenIsReleasedBeforeThatIsConfirmed() {
        serve();
        actions.clear();
        hear(new Downstream.Snapshot(assignment(2, held(Slice.ALL, OTHER, 2))));

        assertThat(owns()).isEqualTo(Answer.NOT_OWNED);
        assertThat(actions.get(0)).isInstanceOf(SliceletAction.Notify.class);
        assertThat(lastHeartbeat().known()).isEqualTo(Maps.generation(2));
    }

    @Test
    void leavingReleasesEverythingAtOnceAndSaysSo() {
        serve();
        actions.clear();
        leave();

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
        assertThat(removed()).isEqualTo(MINE.tenures());
        assertThat(actions).contains(new SliceletAction.Send(new Upstream.Goodbye(SELF)));

        hear(new Downstream.Dismissal(Downstream.Reason.LEFT));
        assertThat(actions).contains(new SliceletAction.Retired(SliceletAction.Cause.LEFT));
    }

    @Test
    void aGoodbyeThatIsNotConfirmedIsSaidAgain() {
        serve();
        leave();
        actions.clear();
        after(1_000);

        assertThat(actions).contains(new SliceletAction.Send(new Upstream.Goodbye(SELF)));
    }

    @Test
    void anAnswerToAnEarlierHeartbeatDoesNotReviveAPodThatLeft() {
        serve();
        after(1_000);
        long sequence = lastHeartbeat().sequence();
        leave();
        renew(sequence);

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aPodThatWasSupersededServesNothingAndFallsSilent() {
        serve();
        actions.clear();
        hear(new Downstream.Dismissal(Downstream.Reason.SUPERSEDED));
        after(5_000);

        assertThat(owns()).isEqualTo(Answer.UNKNOWN);
        assertThat(actions).contains(new SliceletAction.Retired(SliceletAction.Cause.SUPERSEDED));
        assertThat(heartbeats()).isEmpty();
    }

    @Test
    void aStreamThatFallsSilentForALeaseIsGivenUp() {
        serve();
        actions.clear();
        after(2_999);
        assertThat(actions).doesNotContain(new SliceletAction.Disconnect());
        after(1);
        assertThat(actions).contains(new SliceletAction.Disconnect());

        after(1_000);
        assertThat(actions).contains(new SliceletAction.Connect());
    }

    @Test
    void aBrokenStreamDoesNotEndTheLease() {
        serve();
        on(new WatchEvent.Broke());

        assertThat(owns()).isEqualTo(Answer.OWNED);
    }

    private void serve() {
        hear(new Downstream.Snapshot(MINE));
        renew(lastHeartbeat().sequence());
    }

    private void renew(long sequence) {
        hear(new Downstream.Answer(
                sequence, true, machine.holdings().assignment().generation()));
    }

    private void hear(Downstream message) {
        on(new WatchEvent.Received(message));
    }

    private void on(WatchEvent event) {
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
        return actions.stream()
                .filter(SliceletAction.Send.class::isInstance)
                .map(send -> ((SliceletAction.Send) send).message())
                .filter(Upstream.Heartbeat.class::isInstance)
                .map(Upstream.Heartbeat.class::cast)
                .toList();
    }

    private Upstream.Heartbeat lastHeartbeat() {
        List<Upstream.Heartbeat> all = heartbeats();
        return all.get(all.size() - 1);
    }

    private List<Tenure> removed() {
        return actions.stream()
                .filter(SliceletAction.Notify.class::isInstance)
                .flatMap(n -> ((SliceletAction.Notify) n).change().removed().stream())
                .toList();
    }
}
