package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the simulation knows to do to a cluster, by name. Everything begins after {@link #WARM_UP_S}. */
public final class Traces {
    /** Long enough to come to rest from a cold start. */
    public static final int WARM_UP_S = 240;

    private static final Map<String, Trace.Maker> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("calm", random -> Trace.calm());
        BY_NAME.put("drift-0.1", random -> drift(0.1, random));
        BY_NAME.put("drift-0.3", random -> drift(0.3, random));
        BY_NAME.put("hot-3x", random -> hotKey(3));
        BY_NAME.put("hot-10x", random -> hotKey(10));
        BY_NAME.put("diurnal", random -> Traces::diurnal);
        BY_NAME.put("flash-crowd", Traces::flashCrowd);
        BY_NAME.put("tenant-growth", Traces::tenantGrowth);
        BY_NAME.put("memory-skew", Traces::memorySkew);
        BY_NAME.put("restart", random -> rollingRestart(1, true));
        BY_NAME.put("restart-no-surge", random -> rollingRestart(1, false));
        BY_NAME.put("restart-quarter", random -> rollingRestart(0, true));
        BY_NAME.put("autoscale", random -> autoscale());
        BY_NAME.put("crash", random -> (second, stage) -> {
            if (second == WARM_UP_S) stage.crash(stage.pods().get(0));
        });
        BY_NAME.put("zone-loss", random -> zoneLoss());
        BY_NAME.put("assigner-outage", Traces::assignerOutage);
        BY_NAME.put("key-of-death", random -> new KeyOfDeath());
    }

    private Traces() {}

    public static Trace.Maker byName(String name) {
        Trace.Maker maker = BY_NAME.get(name);
        if (maker == null)
            throw new IllegalArgumentException(
                    "there is no trace \"" + name + "\". There are " + String.join(", ", names()) + ".");
        return maker;
    }

    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    public static Trace drift(double sigma, SplittableRandom random) {
        return new Drift(sigma, random);
    }

    /** From one second to the next a key that was cold is asked for as often as so many pods can bear. */
    public static Trace hotKey(double podCapacities) {
        return (second, stage) -> {
            if (second != WARM_UP_S) return;
            stage.demand().set(stage.demand().keys.lightest(), podCapacities * stage.capacity());
        };
    }

    /** A day in half an hour: all load swings by 40 %. */
    private static void diurnal(long second, Stage stage) {
        double before = 1 + 0.4 * Math.sin((second - 1) * Math.PI / 900);
        double now = 1 + 0.4 * Math.sin(second * Math.PI / 900);
        stage.demand().scale(now / before);
    }

    /** A hundredth of the keys that lie together grows fivefold within a minute. */
    private static Trace flashCrowd(SplittableRandom random) {
        return growth(random.nextDouble(0.99), 0.01, WARM_UP_S, 60, 5);
    }

    /** A fiftieth of the keys that lie together grows tenfold within half an hour. */
    private static Trace tenantGrowth(SplittableRandom random) {
        return growth(random.nextDouble(0.98), 0.02, WARM_UP_S, 1_800, 10);
    }

    /**
     * A hundredth of the keys that lie together comes to take the memory of a tenth of all pods within ten minutes, and
     * is asked for no more than before. Memory is half full at first.
     */
    public static Trace memorySkew(SplittableRandom random) {
        double at = random.nextDouble(0.99);
        double perSecond = Math.pow(0.1 / 0.5 / 0.01, 1.0 / 600);
        Memory[] memory = new Memory[1];
        return (second, stage) -> {
            int count = stage.demand().keys.count();
            if (second == 0)
                stage.limitMemory(memory[0] = new Memory(count, stage.pods().size(), 0.5, random));
            if (second >= WARM_UP_S && second < WARM_UP_S + 600)
                memory[0].grow((int) (at * count), (int) ((at + 0.01) * count), perSecond);
        };
    }

    /**
     * The same with a cache in each pod.
     *
     * @param transfers whether what is in memory goes along with a slice
     */
    public static Trace.Maker cached(Trace.Maker maker, int keysPerPod, boolean transfers) {
        return random -> {
            Trace trace = maker.make(random);
            return (second, stage) -> {
                if (second == 0) stage.remember(new Caches(keysPerPod, transfers));
                trace.second(second, stage);
            };
        };
    }

    private static Trace growth(double at, double part, int begin, int seconds, double factor) {
        double perSecond = Math.pow(factor, 1.0 / seconds);
        return (second, stage) -> {
            if (second < begin || second >= begin + seconds) return;
            int count = stage.demand().keys.count();
            for (int key = (int) (at * count); key < (int) ((at + part) * count); key++)
                stage.demand().set(key, stage.demand().rate[key] * perSecond);
        };
    }

    /**
     * All pods, one batch after the other, every ten seconds; the new pod is ready before the old one leaves, or comes
     * five seconds after it has gone.
     *
     * @param batch pods at once, 0 for a quarter of all
     */
    public static Trace rollingRestart(int batch, boolean surge) {
        List<Resource> waiting = new ArrayList<>();
        List<Resource> leaving = new ArrayList<>();
        return (second, stage) -> {
            if (second == WARM_UP_S) waiting.addAll(stage.pods());
            if (second < WARM_UP_S) return;
            long phase = second % 10;
            if (phase == 0)
                for (int i = batch == 0 ? Math.max(1, stage.pods().size() / 4) : batch;
                        i > 0 && !waiting.isEmpty();
                        i--) leaving.add(waiting.remove(0));
            if (phase == 0 && surge) leaving.forEach(stage::startInPlaceOf);
            if (phase == 2) leaving.forEach(stage::leave);
            if (phase == 5) leaving.forEach(stage::stop);
            if (phase == 9 && !surge) leaving.forEach(pod -> stage.start());
            if (phase == 9) leaving.clear();
        };
    }

    /** Twice as many pods, and back again. */
    private static Trace autoscale() {
        List<Resource> added = new ArrayList<>();
        return (second, stage) -> {
            int half = stage.setup.pods();
            if (second >= WARM_UP_S && added.size() < half && second < 900) added.add(stage.start());
            if (second < 900 || added.isEmpty()) return;
            if (second % 4 == 0) stage.leave(added.get(0));
            if (second % 4 == 2) stage.stop(added.remove(0));
        };
    }

    private static Trace zoneLoss() {
        return (second, stage) -> {
            if (second != WARM_UP_S) return;
            String zone = stage.zone(stage.pods().get(0));
            for (Resource pod : stage.pods()) if (stage.zone(pod).equals(zone)) stage.crash(pod);
        };
    }

    /** Load drifts on for ten minutes without anybody to balance it. */
    private static Trace assignerOutage(SplittableRandom random) {
        Trace drift = drift(0.1, random);
        return (second, stage) -> {
            drift.second(second, stage);
            if (second == WARM_UP_S) stage.setAssignerUp(false);
            if (second == WARM_UP_S + 600) stage.setAssignerUp(true);
        };
    }

    /** Whoever serves one certain key crashes, and comes back ten seconds later. */
    private static final class KeyOfDeath implements Trace {
        private final Map<Long, Integer> comesBack = new LinkedHashMap<>();

        @Override
        public void second(long second, Stage stage) {
            for (int i = comesBack.getOrDefault(second, 0); i > 0; i--) stage.start();
            comesBack.remove(second);
            if (second < WARM_UP_S) return;
            Demand demand = stage.demand();
            for (Resource pod : stage.podsOf(demand.keys.hash[demand.keys.lightest()]))
                if (stage.pods().contains(pod)) {
                    stage.crash(pod);
                    comesBack.merge(second + 10, 1, Integer::sum);
                }
        }
    }
}
