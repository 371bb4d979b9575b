package io.sluice.simulation;

import java.util.List;

/**
 * Searches for seeds that break the sharder: {@code Simulation [--seed S] [--seeds N] [--pods P] [--minutes M]} runs the
 * seeds S to S + N - 1. Exit code 0 if all invariants held, 1 if not, 2 on a wrong call. A failing seed fails again.
 */
public final class Simulation {
    private Simulation() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) {
        Options options;
        try {
            options = Options.read(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
        boolean allHeld = true;
        for (int i = 0; i < options.seeds(); i++)
            allHeld &= holds(options.seed() + i, options.pods(), options.minutes());
        return allHeld ? 0 : 1;
    }

    private static boolean holds(long seed, int pods, int minutes) {
        try {
            World.Report report = new World(seed, pods).runWithReaders(minutes);
            System.out.printf(
                    "seed %d: ok, %d pods, %d minutes, %d faults, %d steps, %d generations%n",
                    seed, pods, minutes, report.faults(), report.steps(), report.generations());
            return true;
        } catch (AssertionError broken) {
            System.out.printf("seed %d: BROKEN, %d pods, %d minutes: %s%n", seed, pods, minutes, broken.getMessage());
            return false;
        }
    }
}
