package io.sluice.sharder.testkit;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Assignments to test with. */
public final class Maps {
    private Maps() {}

    public static Resource pod(String name) {
        return pod(name, 1);
    }

    public static Resource pod(String name, long incarnation) {
        return new Resource(name, name + ":8080", incarnation);
    }

    public static Generation generation(long number) {
        return new Generation(7, number);
    }

    public static Tenure held(Slice slice, Resource owner, long since) {
        return new Tenure(slice, owner, generation(since), Tenure.Phase.HELD);
    }

    public static Assignment assignment(long number, Tenure... tenures) {
        return new Assignment(generation(number), List.of(tenures));
    }

    /** Few pods, few generations and clustered borders, so that coincidences are frequent. */
    public static Assignment random(SplittableRandom random, long number) {
        TreeSet<SliceKey> lows = new TreeSet<>(List.of(SliceKey.ROOT));
        int borders = random.nextInt(8);
        for (int i = 0; i < borders; i++) lows.add(border(random));
        List<SliceKey> sorted = List.copyOf(lows);
        List<Tenure> tenures = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Slice slice =
                    i + 1 < sorted.size() ? Slice.of(sorted.get(i), sorted.get(i + 1)) : Slice.from(sorted.get(i));
            Tenure.Phase phase = random.nextInt(4) == 0 ? Tenure.Phase.AWAITING_RELEASE : Tenure.Phase.HELD;
            tenures.add(new Tenure(slice, pod("pod-" + random.nextInt(3)), generation(1 + random.nextInt(2)), phase));
        }
        return new Assignment(generation(number), tenures);
    }

    private static SliceKey border(SplittableRandom random) {
        return new SliceKey(random.nextBoolean() ? random.nextLong() : (1L + random.nextInt(15)) << 60);
    }
}
