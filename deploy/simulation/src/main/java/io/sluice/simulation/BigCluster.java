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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Many pods and keys, end to end: store, assigner, slicelets, streams and meters are those of the product. Requests are
 * drawn key by key and counted by the pods that hold the slice by the map in force.
 *
 * @param firstMax the true load of the fullest pod over the mean, before any load was known
 * @param endMax the same in the end
 * @param generations how many maps were published
 * @param crashSeconds from the crash of one pod until all that it held is served by others
 */
public record BigCluster(double firstMax, double endMax, long generations, double crashSeconds) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long JOINING_NANOS = 20 * SECOND;
    private static final double PER_POD = 100;
    private static final double UTILISATION = 0.6;
    // Fewer slices for each pod than usual: every pod of the simulation holds a map of its own in one memory.
    private static final Policy POLICY = new Policy(0.06, 0.005, 0.9, 0.025, 4, 16, 80, 0.5, 0.5);

    public static BigCluster of(long seed, int pods, int keys, double zipf, int seconds) {
        return new Course(seed, pods, keys, zipf).run(seconds);
    }

    /** One run. */
    private static final class Course {
        private final World world;
        private final SplittableRandom random;
        private final Keys keys;
        private final double[] sumBefore;
        private final double perSecond;
        private final Map<Resource, LoadMeter> meters = new HashMap<>();

        Course(long seed, int pods, int keyCount, double zipf) {
            this.random = new SplittableRandom(seed);
            this.keys = Keys.zipf(keyCount, zipf, random.split());
            this.perSecond = PER_POD * pods;
            this.sumBefore = new double[keyCount + 1];
            for (int key = 0; key < keyCount; key++) sumBefore[key + 1] = sumBefore[key] + keys.weight(key);
            this.world = new World(seed, pods, Trouble.NORMAL, POLICY);
            PodTraits traits = new PodTraits("", PER_POD / UTILISATION, Long.MAX_VALUE);
            for (SimulatedPod pod : world.pods()) meters.put(pod.self, pod.measure(traits));
        }

        BigCluster run(int seconds) {
            world.runCalmly(JOINING_NANOS);
            double first = maxOverMean();
            for (int second = 0; second < seconds; second++) {
                serve();
                world.runCalmly(SECOND);
                checkOwners();
            }
            return new BigCluster(first, maxOverMean(), world.map().generation().number(), crash());
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
                        seats.get(random.nextInt(seats.size())).record(asked, 1);
                    }
                }
            }
        }

        private List<LoadMeter> seats(Tenure tenure) {
            List<LoadMeter> seats = new ArrayList<>(1 + tenure.replicas().size());
            seats.add(meters.get(tenure.owner()));
            tenure.replicas().forEach(replica -> seats.add(meters.get(replica)));
            return seats;
        }

        private double maxOverMean() {
            Map<Resource, Double> loads = new HashMap<>();
            for (Tenure tenure : world.map().tenures()) {
                double load = sumBefore[endOf(tenure.slice())] - sumBefore[firstOf(tenure.slice())];
                double share = load / (1 + tenure.replicas().size());
                loads.merge(tenure.owner(), share, Double::sum);
                tenure.replicas().forEach(replica -> loads.merge(replica, share, Double::sum));
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
            List<Owned> owned = new ArrayList<>();
            for (SimulatedPod pod : world.pods())
                for (Tenure tenure : pod.holdings().assignment().tenures())
                    if (tenure.isHeldBy(pod.self) && pod.owns(tenure.slice().low()))
                        owned.add(new Owned(tenure.slice(), pod.self));
            owned.sort(Comparator.comparing((Owned each) -> each.slice().low()));
            for (int i = 1; i < owned.size(); i++)
                if (owned.get(i - 1).slice().overlaps(owned.get(i).slice()))
                    throw new AssertionError(owned.get(i - 1) + " and " + owned.get(i) + " overlap");
        }

        private double crash() {
            Assignment before = world.map();
            SimulatedPod crashed = world.pods().get(random.nextInt(meters.size()));
            List<SliceKey> held = before.tenures().stream()
                    .filter(tenure -> tenure.isHeldBy(crashed.self))
                    .map(tenure -> tenure.slice().low())
                    .toList();
            crashed.crash();
            for (int tenths = 1; tenths < 600; tenths++) {
                world.runCalmly(SECOND / 10);
                if (held.stream().allMatch(key -> world.ownerOf(key).isPresent())) return tenths / 10.0;
            }
            throw new AssertionError("a minute after a crash, keys have no owner");
        }
    }
}
