package io.sluice.sharder.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Ownership.Answer;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.kv.Codec;
import io.sluice.sharder.kv.ShardedCache;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.testkit.Eventually;
import io.sluice.sharder.testkit.Maps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real pods over loopback; only the clock is ours. */
class KeyValuePodTest {
    private static final long HOUR = 3_600_000;
    private static final List<String> KEYS =
            IntStream.range(0, 100).mapToObj(i -> "key" + i).toList();

    private final ManualTime time = new ManualTime();
    private final Cluster cluster = new Cluster(
            new Target("tables"),
            Consistency.LINEARIZABLE,
            Transport.NETWORK,
            ClusterSecret.of("known-to-all-pods"),
            new MemoryShardStore(1));
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Test
    void whatOnePodPutsTheOtherFinds() throws Exception {
        assigner();
        var a = pod("a");
        var b = pod("b");
        eventually(() -> isShared(a, b));

        for (String key : KEYS) eventually(() -> put(a, key, "v" + key));

        for (String key : KEYS) assertThat(get(b, key)).contains("v" + key);
        assertThat(a.cache().size()).isPositive();
        assertThat(b.cache().size()).isPositive();
        assertThat(a.cache().size() + b.cache().size()).isGreaterThanOrEqualTo(KEYS.size());
    }

    @Test
    void aPodThatLeavesHandsOnWhatItHeld() throws Exception {
        // The clock goes so fast that single slices may come cold; what comes is what was there.
        assigner();
        var a = pod("a");
        var b = pod("b");
        eventually(() -> isShared(a, b));
        for (String key : KEYS) eventually(() -> put(a, key, "v" + key));
        List<String> onB = KEYS.stream()
                .filter(key -> !a.slicelet()
                        .clerk()
                        .lookup(ShardedCache.spread(key))
                        .equals(Optional.of(a.slicelet().self())))
                .toList();

        var left = CompletableFuture.supplyAsync(() -> b.drain(Duration.ofSeconds(60)));
        eventually(left::isDone);
        assertThat(left).isCompletedWithValue(true);
        eventually(() -> servesAll(a));
        b.close();

        assertThat(onB).anySatisfy(key -> assertThat(get(a, key)).contains("v" + key));
        for (String key : KEYS) assertThat(get(a, key)).isIn(Optional.of("v" + key), Optional.empty());
    }

    @Test
    void aPodThatIsKilledTakesItsEntriesWithIt() throws Exception {
        assigner();
        var a = pod("a");
        var b = pod("b");
        eventually(() -> isShared(a, b));
        Assignment before = a.slicelet().assignment();
        for (String key : KEYS) eventually(() -> put(a, key, "v" + key));

        b.close();
        eventually(() -> servesAll(a));

        // Whatever a had all the time is still there.
        Assignment after = a.slicelet().assignment();
        List<String> stayed = KEYS.stream()
                .filter(key ->
                        after.tenureOf(ShardedCache.spread(key)).continues(before.tenureOf(ShardedCache.spread(key))))
                .toList();
        assertThat(stayed).allSatisfy(key -> assertThat(get(a, key)).contains("v" + key));
        for (String key : KEYS) eventually(() -> put(a, key, "again"));
        for (String key : KEYS) assertThat(get(a, key)).contains("again");
    }

    private Assigner assigner() throws Exception {
        Resource pod = Maps.pod("assigner");
        return opened(Assigner.start(cluster, pod, "127.0.0.1:0", Optional.empty(), time));
    }

    private KeyValuePod<byte[]> pod(String name) throws Exception {
        var settings = new KeyValuePod.Settings<>(
                ShardedCache::spread, Codec.BYTES, 1 << 20, 1 << 20, Duration.ofSeconds(30), PodTraits.ORDINARY);
        return opened(KeyValuePod.start(cluster, name, "127.0.0.1:0", settings, time));
    }

    private static boolean put(KeyValuePod<byte[]> pod, String key, String value) {
        return pod.cache().put(key, value.getBytes(StandardCharsets.UTF_8), HOUR);
    }

    private static Optional<String> get(KeyValuePod<byte[]> pod, String key) {
        return pod.cache().get(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Both serve half, so that nothing moves any more. */
    private static boolean isShared(KeyValuePod<?> a, KeyValuePod<?> b) {
        Assignment map = a.slicelet().assignment();
        int half = map.tenures().size() / 2;
        boolean isFirm = map.tenures().stream().allMatch(t -> t.hold().equals(Hold.FIRM));
        return isFirm && map.equals(b.slicelet().assignment()) && half > 0 && owned(a) == half && owned(b) == half;
    }

    private static long owned(KeyValuePod<?> pod) {
        return pod.slicelet().assignment().tenures().stream()
                .filter(t -> pod.slicelet().owns(t.slice().low()) == Answer.OWNED)
                .count();
    }

    private static boolean servesAll(KeyValuePod<?> pod) {
        return KEYS.stream().allMatch(key -> pod.slicelet().owns(ShardedCache.spread(key)) == Answer.OWNED);
    }

    private void eventually(Callable<Boolean> condition) {
        Eventually.holds(condition, () -> time.advance(Duration.ofMillis(10)));
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.push(closeable);
        return closeable;
    }
}
