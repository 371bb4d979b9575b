package io.sluice.sharder.testkit;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
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
        return new Tenure(slice, owner, generation(since), Hold.FIRM);
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
            List<Resource> replicas = random.nextInt(3) == 0 ? List.of(anyPod(random), anyPod(random)) : List.of();
            tenures.add(new Tenure(slice, anyPod(random), anyGeneration(random), anyHold(random), replicas));
        }
        return new Assignment(generation(number), tenures);
    }

    private static Resource anyPod(SplittableRandom random) {
        return pod("pod-" + random.nextInt(3));
    }

    private static Generation anyGeneration(SplittableRandom random) {
        return generation(1 + random.nextInt(2));
    }

    private static Hold anyHold(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Hold.Awaiting(anyPod(random), anyGeneration(random));
            case 1 -> new Hold.HandingOver(anyPod(random), anyGeneration(random));
            default -> Hold.FIRM;
        };
    }

    private static SliceKey border(SplittableRandom random) {
        return new SliceKey(random.nextBoolean() ? random.nextLong() : (1L + random.nextInt(15)) << 60);
    }
}
