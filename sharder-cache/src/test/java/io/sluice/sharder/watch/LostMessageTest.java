package io.sluice.sharder.watch;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Slice;
import io.sluice.sharder.testkit.Maps;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed and a watch, connected by hand so that messages can be lost on the way. */
class LostMessageTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Feed feed = new Feed(new Differences());
    private final WatchMachine watch = new WatchMachine(new SplittableRandom(1), 0);
    private final List<Upstream> said = new ArrayList<>();
    private long nowNanos;

    @BeforeEach
    void connect() {
        collect(watch.advance(nowNanos));
        collect(watch.on(new WatchEvent.Connected(), nowNanos));
    }

    @Test
    void aSubscriberGetsASnapshotFirstAndDifferencesThen() {
        assertThat(deliver(generation(1))).isInstanceOf(Downstream.Snapshot.class);
        assertThat(deliver(generation(2))).isInstanceOf(Downstream.Difference.class);
        assertThat(watch.assignment()).isEqualTo(generation(2));
        assertThat(feed.next(generation(2), nowNanos)).isEmpty();
    }

    @Test
    void oneLostDifferenceCostsExactlyOneFullSnapshot() {
        deliver(generation(1));
        nowNanos += 5 * SECOND;
        lose(generation(2));
        deliver(generation(3));
        deliver(generation(4));
        assertThat(snapshotsWanted()).isEqualTo(1);

        feed.snapshotWanted();
        assertThat(deliver(generation(4))).isInstanceOf(Downstream.Snapshot.class);
        assertThat(deliver(generation(5))).isInstanceOf(Downstream.Difference.class);

        assertThat(watch.assignment()).isEqualTo(generation(5));
        assertThat(snapshotsWanted()).isEqualTo(1);
    }

    @Test
    void aLossAfterWhichNothingFollowsIsNoticedByTheNextAnswer() {
        deliver(generation(1));
        lose(generation(2));
        hear(new Downstream.Answer(1, feed.sentGeneration()));

        assertThat(snapshotsWanted()).isEqualTo(1);
    }

    @Test
    void aMessageThatArrivesTwiceChangesNothing() {
        deliver(generation(1));
        Downstream difference = feed.next(generation(2), nowNanos).orElseThrow();
        hear(difference);
        hear(difference);

        assertThat(watch.assignment()).isEqualTo(generation(2));
        assertThat(snapshotsWanted()).isZero();
    }

    @Test
    void aSnapshotThatIsLostTooIsAskedForAgainAfterAPause() {
        deliver(generation(1));
        lose(generation(2));
        deliver(generation(3));
        nowNanos += Follower.ASK_AGAIN_NANOS - 1;
        collect(watch.advance(nowNanos));
        assertThat(snapshotsWanted()).isEqualTo(1);

        nowNanos += 1;
        collect(watch.advance(nowNanos));
        assertThat(snapshotsWanted()).isEqualTo(2);
    }

    @Test
    void aSubscriberThatKeepsAskingGetsNoMoreThanOneSnapshotPerSecond() {
        deliver(generation(1));
        int snapshots = 0;
        for (int i = 0; i < 40; i++) {
            nowNanos += SECOND / 10;
            feed.snapshotWanted();
            if (feed.next(generation(1), nowNanos).isPresent()) snapshots++;
        }
        assertThat(snapshots).isEqualTo(4);
    }

    @Test
    void whoReturnsWithTheCurrentMapIsSentNothing() {
        deliver(generation(1));
        Feed afresh = new Feed(new Differences());
        afresh.greeted(
                new Upstream.Hello(
                        watch.assignment().generation(), watch.assignment().checksum()),
                generation(1));

        assertThat(afresh.next(generation(1), nowNanos)).isEmpty();
    }

    @Test
    void anOlderMapIsNeverAdopted() {
        deliver(generation(5));
        hear(new Downstream.Snapshot(generation(4)));

        assertThat(watch.assignment()).isEqualTo(generation(5));
    }

    @Test
    void aBrokenStreamIsReopenedWithGrowingPauses() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long brokeAt = nowNanos;
            nowNanos = watch.on(new WatchEvent.Broke(), nowNanos).wakeAtNanos();
            pauses.add(nowNanos - brokeAt);
            assertThat(watch.advance(nowNanos).actions()).containsExactly(new WatchAction.Connect());
        }
        assertThat(pauses).allMatch(pause -> pause <= WatchMachine.LONGEST_PAUSE_NANOS);
        assertThat(pauses.get(0)).isLessThan(pauses.get(3));
        assertThat(pauses.get(7)).isGreaterThanOrEqualTo(WatchMachine.LONGEST_PAUSE_NANOS / 2);
    }

    private static Assignment generation(long number) {
        return Maps.assignment(number, Maps.held(Slice.ALL, pod("pod-" + number), number));
    }

    private Downstream deliver(Assignment current) {
        Downstream message = feed.next(current, nowNanos).orElseThrow();
        hear(message);
        return message;
    }

    private void lose(Assignment current) {
        assertThat(feed.next(current, nowNanos)).isPresent();
    }

    private void hear(Downstream message) {
        collect(watch.on(new WatchEvent.Received(message), nowNanos));
    }

    private void collect(WatchMachine.Decision decision) {
        for (WatchAction action : decision.actions())
            if (action instanceof WatchAction.Send send) said.add(send.message());
    }

    private long snapshotsWanted() {
        return said.stream().filter(Upstream.SnapshotWanted.class::isInstance).count();
    }

    @Test
    void aWatchOpensWithAGreeting() {
        assertThat(said).containsExactly(new Upstream.Hello(Generation.ZERO, Assignment.NONE.checksum()));
    }
}
