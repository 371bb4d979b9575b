package io.sluice.sharder.grpc;

import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Ownership.Answer;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.slicelet.SliceletAction;
import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.store.ShardStore;
import io.sluice.sharder.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real gRPC over loopback; only the clock is ours, and goes ten times as fast as the world's. */
class ClusterTest {
    private static final Resource A = pod("a");
    private static final Resource B = pod("b");
    private static final Resource ASSIGNER = pod("assigner");
    private static final SliceletListener NOTHING = (added, removed) -> {};

    private final ManualTime time = new ManualTime();
    private final ShardStore store = new MemoryShardStore(1);
    private final Cluster cluster = cluster(new Target("catalog"), ClusterSecret.of("known-to-all-pods"));
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Test
    void twoPodsLearnTheSameMapAndShareTheKeys() throws Exception {
        assigner();
        Slicelet a = slicelet(A);
        Slicelet b = slicelet(B);

        eventually(() -> isShared(a, b));

        assertThat(a.assignment().checksum()).isEqualTo(b.assignment().checksum());
        assertThat(a.assignment()).isEqualTo(store.map());
        for (String catalog : List.of("sales", "finance", "hr")) assertOneOwner(SliceKey.of(catalog, "eu"), a, b);
    }

    @Test
    void theSlicesOfAKilledPodMoveToTheOther() throws Exception {
        assigner();
        Slicelet a = slicelet(A);
        Slicelet b = slicelet(B);
        eventually(() -> isShared(a, b));

        b.close();

        eventually(() -> holdsEverything(a));
        assertThat(a.clerk().lookup(SliceKey.of("sales"))).contains(A);
    }

    @Test
    void aPodThatStopsPolitelyIsReplacedWithoutWaiting() throws Exception {
        // Shows that the clock need not move at all between the goodbye and the new owner's first service.
        assigner();
        Slicelet a = slicelet(A);
        Slicelet b = slicelet(B);
        eventually(() -> isShared(a, b));

        assertThat(b.stop(Duration.ofSeconds(60))).isTrue();

        Eventually.holds(() -> holdsEverything(a));
        assertThat(b.retired()).isCompletedWithValue(SliceletAction.Cause.LEFT);
        assertThat(b.owns(SliceKey.ROOT)).isNotEqualTo(Answer.OWNED);
        // The one that left goes on following, to forward what still comes in.
        eventually(() -> b.clerk().lookup(SliceKey.ROOT).equals(Optional.of(A)));
    }

    @Test
    void aClerkElsewhereLearnsFromASliceletAndKeepsAnsweringWithoutIt() throws Exception {
        assigner();
        Slicelet a = slicelet(A);
        String address = a.serve("127.0.0.1:0");
        RemoteClerk clerk = opened(RemoteClerk.watch(cluster, "sharing-0", address, time));
        eventually(() -> clerk.ready().isDone());
        Slicelet b = slicelet(B);
        eventually(() -> isShared(a, b) && clerk.assignment().equals(a.assignment()));

        Assignment last = clerk.assignment();
        a.close();
        eventually(() -> clerk.trouble().isPresent());

        assertThat(clerk.assignment()).isEqualTo(last);
    }

    @Test
    void aPodWithAnotherSecretIsRefused() throws Exception {
        assigner();
        Cluster strangers = cluster(cluster.target(), ClusterSecret.random());
        Slicelet stranger = opened(Slicelet.start(strangers, B, PodTraits.ORDINARY, NOTHING, time));

        eventually(() -> stranger.trouble().isPresent());

        assertThat(stranger.trouble().orElseThrow()).contains("UNAUTHENTICATED").contains("secret");
    }

    @Test
    void aPodOfAnotherTargetIsRefused() throws Exception {
        assigner();
        Cluster others = cluster(new Target("files"), cluster.secret());
        Slicelet other = opened(Slicelet.start(others, B, PodTraits.ORDINARY, NOTHING, time));

        eventually(() -> other.trouble().isPresent());

        assertThat(other.trouble().orElseThrow()).contains("catalog").contains("files");
    }

    @Test
    void theListenerHearsEachGainAndLossOnce() throws Exception {
        assigner();
        List<SliceKey> keys = IntStream.range(0, 256)
                .mapToObj(i -> new SliceKey((long) i << 56))
                .toList();
        Set<SliceKey> held = ConcurrentHashMap.newKeySet();
        AtomicInteger surprises = new AtomicInteger();
        Slicelet a = opened(Slicelet.start(
                cluster,
                A,
                PodTraits.ORDINARY,
                (added, removed) -> {
                    for (SliceKey key : keys) {
                        if (isIn(removed, key) && !held.remove(key)) surprises.incrementAndGet();
                        if (isIn(added, key) && !held.add(key)) surprises.incrementAndGet();
                    }
                },
                time));
        Slicelet b = slicelet(B);

        eventually(() ->
                isShared(a, b) && keys.stream().allMatch(key -> held.contains(key) == (a.owns(key) == Answer.OWNED)));
        assertThat(surprises).hasValue(0);
    }

    private static boolean isIn(List<Tenure> tenures, SliceKey key) {
        return tenures.stream().anyMatch(t -> t.slice().contains(key));
    }

    @Test
    void whileNoAssignerLivesThePodsServeOnAndAnotherTakesOver() throws Exception {
        Assigner first = assigner();
        Slicelet a = slicelet(A);
        Slicelet b = slicelet(B);
        eventually(() -> isShared(a, b));
        Assignment before = a.assignment();
        first.kill();
        long then = time.nanos() + TimeUnit.SECONDS.toNanos(10);
        eventually(() -> time.nanos() > then);
        eventually(() -> owned(a) + owned(b) == before.tenures().size());

        assigner();
        b.close();

        eventually(() -> holdsEverything(a));
        assertThat(before.generation().isBefore(a.assignment().generation())).isTrue();
    }

    @Test
    void anAssignerThatClosesIsFollowedAtOnce() throws Exception {
        Assigner one = assigner();
        Assigner other = assigner();
        eventually(() -> one.board().isPresent() || other.board().isPresent());
        Assigner first = one.board().isPresent() ? one : other;
        Assigner second = first == one ? other : one;
        first.close();

        eventually(() -> second.board().isPresent());
        assertThat(store.leader().orElseThrow().address()).isEqualTo(second.address());
    }

    @Test
    void whoeverDrainsLeavesWhenTheOthersHaveEverything() throws Exception {
        assigner();
        Slicelet a = slicelet(A);
        Slicelet b = slicelet(B);
        eventually(() -> isShared(a, b));

        CompletableFuture<Boolean> left = CompletableFuture.supplyAsync(() -> b.drain(Duration.ofSeconds(60)));
        eventually(left::isDone);

        assertThat(left).isCompletedWithValue(true);
        eventually(() -> holdsEverything(a));
    }

    @Test
    void aPodThatOthersDoNotReachAndThePlatformDoesNotSeeIsRelievedWhileItLives() throws Exception {
        AtomicReference<Consumer<PodNotice>> platform = new AtomicReference<>();
        Lookout lookout = listener -> {
            platform.set(listener);
            listener.accept(new PodNotice(PodNotice.Kind.APPEARED, seen(B, PodSighting.Standing.NOT_READY)));
            return () -> {};
        };
        Slicelet b = slicelet(B);
        Slicelet a = slicelet(A);
        Slicelet c = slicelet(pod("c"));
        Assigner assigner = opened(Assigner.start(cluster, ASSIGNER, "127.0.0.1:0", Optional.of(lookout), time));
        eventually(() -> owned(a) > 0 && owned(b) > 0 && owned(c) > 0);

        eventually(() -> {
            a.reached(B.address(), false);
            return owned(b) == 0;
        });
        assertThat(b.leaseNanos()).isPositive();
        a.reached(B.address(), true);
        platform.get().accept(new PodNotice(PodNotice.Kind.READY, seen(B, PodSighting.Standing.READY)));
        eventually(() -> owned(b) > 0);
        assertThat(assigner.board()).isPresent();
    }

    @Test
    void onePodAloneServesWithinAnInstant() throws Exception {
        // Shows what the development server starts: no sockets, the system's own clock, no quiet time.
        SinglePod pod = opened(SinglePod.start(new Target("catalog"), A, NOTHING));
        pod.slicelet().ready().get(60, TimeUnit.SECONDS);
        Eventually.holds(() -> pod.slicelet().owns(SliceKey.of("sales", "eu")) == Answer.OWNED);

        assertThat(pod.clerk().lookup(SliceKey.of("sales", "eu"))).contains(A);
    }

    private static PodSighting seen(Resource pod, PodSighting.Standing standing) {
        return new PodSighting("uid", pod.name(), "", "", standing, Optional.empty());
    }

    private Cluster cluster(Target target, ClusterSecret secret) {
        return new Cluster(target, Consistency.LINEARIZABLE, Transport.NETWORK, secret, store);
    }

    private Assigner assigner() throws Exception {
        return opened(Assigner.start(cluster, ASSIGNER, "127.0.0.1:0", Optional.empty(), time));
    }

    private Slicelet slicelet(Resource self) {
        return opened(Slicelet.start(cluster, self, PodTraits.ORDINARY, NOTHING, time));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private void eventually(Callable<Boolean> condition) {
        Eventually.holds(condition, () -> time.advance(Duration.ofMillis(10)));
    }

    private static boolean isShared(Slicelet a, Slicelet b) {
        Assignment map = a.assignment();
        return map.equals(b.assignment())
                && owned(a) > 0
                && owned(b) > 0
                && owned(a) + owned(b) == map.tenures().size();
    }

    private static boolean holdsEverything(Slicelet pod) {
        return !pod.assignment().isEmpty()
                && owned(pod) == pod.assignment().tenures().size();
    }

    private static long owned(Slicelet pod) {
        return pod.assignment().tenures().stream()
                .filter(t -> pod.owns(t.slice().low()) == Answer.OWNED)
                .count();
    }

    private static void assertOneOwner(SliceKey key, Slicelet a, Slicelet b) {
        Clerk clerk = a.clerk();
        assertThat(clerk.lookup(key)).isEqualTo(b.clerk().lookup(key)).isPresent();
    }
}
