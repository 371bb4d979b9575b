package io.sluice.sharder.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Consistency;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Ownership.Answer;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.kv.Codec;
import io.sluice.sharder.kv.ShardedCache;
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
            Consistency.AFFINITY,
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
        startAssigner();
        var a = pod("a");
        var b = pod("b");
        eventually(() -> isShared(a, b));

        for (String key : KEYS) assertThat(put(a, key, "v" + key)).isTrue();

        for (String key : KEYS) assertThat(get(b, key)).contains("v" + key);
        assertThat(a.cache().size()).isPositive();
        assertThat(b.cache().size()).isPositive();
        assertThat(a.cache().size() + b.cache().size()).isEqualTo(KEYS.size());
    }

    @Test
    void aPodThatLeavesHandsOnWhatItHeld() throws Exception {
        startAssigner();
        var a = pod("a");
        var b = pod("b");
        eventually(() -> isShared(a, b));
        for (String key : KEYS) put(a, key, "v" + key);

        assertThat(b.stop(Duration.ofSeconds(60))).isTrue();
        eventually(() -> a.cache().size() == KEYS.size());
        b.close();

        for (String key : KEYS) assertThat(get(a, key)).contains("v" + key);
    }

    @Test
    void aPodThatIsKilledTakesItsEntriesWithIt() throws Exception {
        startAssigner();
        var a = pod("a");
        var b = pod("b");
        eventually(() -> isShared(a, b));
        for (String key : KEYS) put(a, key, "v" + key);
        int kept = a.cache().size();

        b.close();
        eventually(() -> KEYS.stream().allMatch(key -> a.slicelet().owns(ShardedCache.spread(key)) == Answer.OWNED));

        assertThat(KEYS.stream().filter(key -> get(a, key).isPresent()).count()).isEqualTo(kept);
        for (String key : KEYS) assertThat(put(a, key, "again")).isTrue();
        for (String key : KEYS) assertThat(get(a, key)).contains("again");
    }

    private void startAssigner() throws Exception {
        opened(Assigner.start(cluster, Maps.pod("assigner"), "127.0.0.1:0", time));
    }

    private KeyValuePod<byte[]> pod(String name) throws Exception {
        var settings =
                new KeyValuePod.Settings<>(ShardedCache::spread, Codec.BYTES, 1 << 20, 1 << 20, Duration.ofSeconds(30));
        return opened(KeyValuePod.start(cluster, name, "127.0.0.1:0", settings, time));
    }

    private static boolean put(KeyValuePod<byte[]> pod, String key, String value) {
        return pod.cache().put(key, value.getBytes(StandardCharsets.UTF_8), HOUR);
    }

    private static Optional<String> get(KeyValuePod<byte[]> pod, String key) {
        return pod.cache().get(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean isShared(KeyValuePod<?> a, KeyValuePod<?> b) {
        return serves(a)
                && serves(b)
                && a.slicelet().assignment().equals(b.slicelet().assignment());
    }

    private static boolean serves(KeyValuePod<?> pod) {
        List<Tenure> held = pod.slicelet().assignment().tenures().stream()
                .filter(t -> t.isHeldBy(pod.slicelet().self()))
                .toList();
        return !held.isEmpty()
                && pod.slicelet().assignment().tenures().stream()
                        .allMatch(t -> t.hold().equals(Hold.FIRM))
                && held.stream().allMatch(t -> pod.slicelet().owns(t.slice().low()) == Answer.OWNED);
    }

    private void eventually(Callable<Boolean> condition) {
        Eventually.holds(condition, () -> time.advance(Duration.ofMillis(10)));
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.push(closeable);
        return closeable;
    }
}
