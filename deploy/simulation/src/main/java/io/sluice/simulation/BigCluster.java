package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.load.LoadMeter;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.placement.Policy;
import io.sluice.simulation.traffic.Keys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Many pods and keys, end to end: store, assigner, slicelets, streams and meters are those of the product. Requests are
 * drawn key by key and counted by the pods that hold the slice by the map in force. First the load is balanced, then a
 * pod crashes, and then some are replaced, one after the other, each by a pod that is up before.
 *
 * @param firstMax the true load of the fullest pod over the mean, before any load was known
 * @param endMax the same when it was balanced
 * @param generations how many maps were published
 * @param crashSeconds from the crash of one pod until all that it held is served by others
 * @param replaceSeconds the longest time from the wish that a pod leaves until it has nothing more
 * @param replacedMax the true load of the fullest pod over the mean after the replacements
 */
public record BigCluster(
        double firstMax,
        double endMax,
        long generations,
        double crashSeconds,
        double replaceSeconds,
        double replacedMax) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long JOINING_NANOS = 20 * SECOND;
    private static final double PER_POD = 100;
    private static final double UTILISATION = 0.6;
    private static final int REPLACED = 5;
    private static final int REPLACEMENT_STARTS_S = 3;
    private static final int SETTLING_S = 12;
    private static final int LONGEST_S = 60;
    // Fewer slices for each pod than usual, so that a thousand pods take minutes.
    private static final Policy POLICY = new Policy(0.06, 0.005, 0.9, 0.025, 4, 16, 80, 0.5, 0.5);

    public static BigCluster of(long seed, int pods, int keys, double zipf, int seconds) {
        try {
            return new Course(seed, pods, keys, zipf).run(seconds);
        } catch (AssertionError broken) {
            throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
        }
    }

    /** One run. */
    private static final class Course {
        private final World world;
        private final SplittableRandom random;
        private final Keys keys;
        private final double[] sumBefore;
        private final double perSecond;
        private final OneMemory memory = new OneMemory();
        private final Map<Resource, LoadMeter> meters = new HashMap<>();

        Course(long seed, int pods, int keyCount, double zipf) {
            this.random = new SplittableRandom(seed);
            this.keys = Keys.zipf(keyCount, zipf, random.split());
            this.perSecond = PER_POD * pods;
            this.sumBefore = new double[keyCount + 1];
            for (int key = 0; key < keyCount; key++) sumBefore[key + 1] = sumBefore[key] + keys.weight(key);
            this.world = new World(seed, pods, Trouble.NORMAL, POLICY);
            world.pods().forEach(this::take);
        }

        BigCluster run(int seconds) {
            world.runCalmly(JOINING_NANOS);
            double first = maxOverMean();
            for (int second = 0; second < seconds; second++) second();
            double end = maxOverMean();
            double crash = crash();
            double replace = 0;
            for (int i = 0; i < REPLACED; i++) replace = Math.max(replace, replace());
            for (int second = 0; second < SETTLING_S; second++) second();
            return new BigCluster(first, end, world.map().generation().number(), crash, replace, maxOverMean());
        }

        private void take(SimulatedPod pod) {
            pod.share(memory);
            meters.put(pod.self, pod.measure(new PodTraits("", PER_POD / UTILISATION, Long.MAX_VALUE)));
        }

        private void second() {
            serve();
            world.runCalmly(SECOND);
            checkOwners();
        }

        // A walk over all keys with exponential gaps: each key gets its own Poisson number of requests.
        private void serve() {
            double gap = random.nextExponential();
            for (Tenure tenure : world.map().tenures()) {
                int end = endOf(tenure.slice());
                List<LoadMeter> seats = seats(tenure);
                for (int key = firstOf(tenure.slice()); key < end; key++) {
                    SliceKey asked = null;
                    for (gap -= keys.weight(key) * perSecond; gap < 0; gap += random.nextExponential()) {
                        if (asked == null) asked = new SliceKey(keys.hash(key));
                        if (!seats.isEmpty())
                            seats.get(random.nextInt(seats.size())).record(asked, 1);
                    }
                }
            }
        }

        // Requests for pods that are no more are lost.
        private List<LoadMeter> seats(Tenure tenure) {
            return serving(tenure).stream()
                    .map(meters::get)
                    .filter(Objects::nonNull)
                    .toList();
        }

        private static List<Resource> serving(Tenure tenure) {
            List<Resource> serving = new ArrayList<>(tenure.replicas());
            serving.add(0, tenure.owner());
            return serving;
        }

        private double maxOverMean() {
            Map<Resource, Double> loads = new HashMap<>();
            for (Tenure tenure : world.map().tenures()) {
                List<Resource> serving = serving(tenure);
                double load = sumBefore[endOf(tenure.slice())] - sumBefore[firstOf(tenure.slice())];
                for (Resource pod : serving) loads.merge(pod, load / serving.size(), Double::sum);
            }
            return loads.values().stream().mapToDouble(load -> load).max().orElseThrow() * meters.size();
        }

        private int firstOf(Slice slice) {
            return keys.indexOf(slice.low().bits());
        }

        private int endOf(Slice slice) {
            return slice.high().map(high -> keys.indexOf(high.bits())).orElse(keys.count());
        }

        private record Owned(Slice slice, Resource by) {}

        // By each pod's own map: what they own must not overlap.
        private void checkOwners() {
            Map<Resource, SimulatedPod> pods = new HashMap<>();
            Set<Assignment> maps = Collections.newSetFromMap(new IdentityHashMap<>());
            for (SimulatedPod pod : world.pods()) {
                pods.put(pod.self, pod);
                maps.add(pod.holdings().assignment());
            }
            List<Owned> owned = new ArrayList<>();
            for (Assignment map : maps)
                for (Tenure tenure : map.tenures()) {
                    SimulatedPod owner = pods.get(tenure.owner());
                    if (owner == null || owner.holdings().assignment() != map) continue;
                    if (owner.owns(tenure.slice().low())) owned.add(new Owned(tenure.slice(), owner.self));
                }
            owned.sort(Comparator.comparing((Owned each) -> each.slice().low()));
            for (int i = 1; i < owned.size(); i++)
                if (owned.get(i - 1).slice().overlaps(owned.get(i).slice()))
                    throw new AssertionError(owned.get(i - 1) + " and " + owned.get(i) + " overlap");
        }

        private double crash() {
            SimulatedPod crashed = any();
            List<SliceKey> held = world.map().tenures().stream()
                    .filter(tenure -> tenure.isHeldBy(crashed.self))
                    .map(tenure -> tenure.slice().low())
                    .toList();
            crashed.crash();
            meters.remove(crashed.self);
            return secondsUntil(
                    () -> held.stream().allMatch(key -> world.ownerOf(key).isPresent()));
        }

        /** Another pod is up before one is asked to leave. */
        private double replace() {
            SimulatedPod former = any();
            take(world.join());
            for (int i = 0; i < REPLACEMENT_STARTS_S; i++) second();
            former.drain();
            double seconds = secondsUntil(() -> !isOnTheMap(former.self));
            world.end(former);
            meters.remove(former.self);
            return seconds;
        }

        private boolean isOnTheMap(Resource pod) {
            return world.map().tenures().stream()
                    .anyMatch(tenure -> serving(tenure).contains(pod));
        }

        private SimulatedPod any() {
            List<SimulatedPod> living =
                    world.pods().stream().filter(SimulatedPod::isAlive).toList();
            return living.get(random.nextInt(living.size()));
        }

        private double secondsUntil(BooleanSupplier happened) {
            for (int tenths = 1; tenths < LONGEST_S * 10; tenths++) {
                if (tenths % 10 == 1) serve();
                world.runCalmly(SECOND / 10);
                if (tenths % 10 == 0) checkOwners();
                if (happened.getAsBoolean()) return tenths / 10.0;
            }
            throw new AssertionError("a minute later, the map is not what it should be");
        }
    }
}
