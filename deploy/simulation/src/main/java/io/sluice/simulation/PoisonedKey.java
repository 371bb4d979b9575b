package io.sluice.simulation;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.placement.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one key does to a cluster when whoever has served it for a few seconds crashes, and is back ten seconds later.
 *
 * @param podsLost how many pods crashed, however often
 * @param crashes how often any pod crashed
 * @param crashesLate how often in the last quarter of the time
 * @param slice that contains the key in the end
 * @param longestGapSeconds for which any of 100 other keys was without an owner at a stretch, once the key had been
 *     bisected for half of the time
 */
public record PoisonedKey(int podsLost, int crashes, int crashesLate, Slice slice, double longestGapSeconds) {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int OTHER_KEYS = 100;

    public static PoisonedKey of(long seed, int pods, int secondsToLive, int minutes) {
        return new Course(seed, pods, secondsToLive, minutes).run();
    }

    /** One run. */
    private static final class Course {
        private final World world;
        private final SliceKey poison;
        private final long survivalNanos;
        private final long lengthNanos;
        private final List<SliceKey> others;
        private final Map<SliceKey, Long> servedAtNanos = new HashMap<>();
        private final Set<String> struck = new HashSet<>();
        private int crashes;
        private @Nullable SimulatedPod host;
        private long hostSinceNanos;
        private int late;
        private long longestGapNanos;

        Course(long seed, int pods, int secondsToLive, int minutes) {
            SplittableRandom random = new SplittableRandom(seed);
            this.world = new World(seed, pods, Trouble.NORMAL, Policy.DEFAULT);
            this.poison = new SliceKey(random.nextLong());
            this.survivalNanos = TimeUnit.SECONDS.toNanos(secondsToLive);
            this.lengthNanos = TimeUnit.MINUTES.toNanos(minutes);
            this.others = random.longs(OTHER_KEYS).mapToObj(SliceKey::new).toList();
        }

        PoisonedKey run() {
            long beginNanos = world.settle();
            for (long at = 0; at < lengthNanos; at += LOOK_NANOS) {
                world.runUntil(beginNanos + at);
                strike(at);
                if (at > lengthNanos / 2) look(at);
            }
            Tenure tenure = world.map().tenureOf(poison);
            return new PoisonedKey(struck.size(), crashes, late, tenure.slice(), longestGapNanos / 1e9);
        }

        private void strike(long atNanos) {
            SimulatedPod owner = world.ownerOf(poison).orElse(null);
            if (owner != host) hostSinceNanos = atNanos;
            host = owner;
            if (owner == null || atNanos - hostSinceNanos < survivalNanos) return;
            struck.add(owner.self.name());
            crashes++;
            if (atNanos > lengthNanos * 3 / 4) late++;
            world.crash(owner, RESTART_NANOS);
        }

        private void look(long atNanos) {
            for (SliceKey key : others) {
                if (world.ownerOf(key).isPresent()) servedAtNanos.put(key, atNanos);
                else
                    longestGapNanos =
                            Math.max(longestGapNanos, atNanos - servedAtNanos.computeIfAbsent(key, k -> atNanos));
            }
        }
    }
}
