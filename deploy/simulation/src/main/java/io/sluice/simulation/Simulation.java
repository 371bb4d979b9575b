package io.sluice.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Searches for seeds that break the sharder: {@code Simulation [--seed S] [--seeds N] [--pods P] [--minutes M]} runs the
 * seeds S to S + N - 1. Exit code 0 if all invariants held, 1 if not, 2 on a wrong call. A failing seed fails again.
 */
public final class Simulation {
    private static final Map<String, Integer> DEFAULTS = Map.of("--seed", 1, "--seeds", 1, "--pods", 5, "--minutes", 5);

    private Simulation() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) {
        Map<String, Integer> options;
        try {
            options = read(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
        boolean allHeld = true;
        int first = options.get("--seed");
        for (int seed = first; seed < first + options.get("--seeds"); seed++)
            allHeld &= holds(seed, options.get("--pods"), options.get("--minutes"));
        return allHeld ? 0 : 1;
    }

    private static boolean holds(int seed, int pods, int minutes) {
        try {
            World.Report report = new World(seed, pods).run(minutes);
            System.out.printf(
                    "seed %d: ok, %d pods, %d minutes, %d faults, %d steps, %d generations%n",
                    seed, pods, minutes, report.faults(), report.steps(), report.generations());
            return true;
        } catch (AssertionError broken) {
            System.out.printf("seed %d: BROKEN, %d pods, %d minutes: %s%n", seed, pods, minutes, broken.getMessage());
            return false;
        }
    }

    private static Map<String, Integer> read(List<String> args) {
        Map<String, Integer> options = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < args.size(); i += 2) {
            if (!options.containsKey(args.get(i)) || i + 1 == args.size())
                throw new IllegalArgumentException("cannot read \"" + args.get(i) + "\". Use "
                        + String.join(" N, ", new TreeMap<>(DEFAULTS).keySet()) + " N.");
            options.put(args.get(i), number(args.get(i), args.get(i + 1)));
        }
        return options;
    }

    private static int number(String option, String text) {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            value = 0;
        }
        if (value < 1) throw new IllegalArgumentException(option + " needs a number from 1, not \"" + text + "\".");
        return value;
    }
}
