package io.sluice.simulation.traffic;

import io.sluice.sharder.placement.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges placement: {@code TrafficSimulation [--trace NAME] [--rule NAME] [--pods N] [--keys N] [--zipf S] [--seconds N]
 * [--rate N] [--writes PERCENT] [--cache KEYS] [--transfer 0|1] [--seed S] [--seeds N]}. Each line is one seed. Exit code 0, or 2 on a wrong call; a broken
 * invariant ends it with 1.
 */
public final class TrafficSimulation {
    private static final Set<String> OPTIONS = Set.of(
            "--trace",
            "--rule",
            "--pods",
            "--keys",
            "--zipf",
            "--seconds",
            "--rate",
            "--writes",
            "--cache",
            "--transfer",
            "--seed",
            "--seeds");

    private final Map<String, String> given = new HashMap<>();

    private TrafficSimulation(List<String> args) {
        for (int i = 0; i < args.size(); i += 2) {
            if (!OPTIONS.contains(args.get(i)) || i + 1 == args.size())
                throw new IllegalArgumentException("\"" + args.get(i) + "\" is no option, or lacks a value. There are "
                        + String.join(", ", OPTIONS.stream().sorted().toList()) + ".");
            given.put(args.get(i), args.get(i + 1));
        }
    }

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) {
        try {
            new TrafficSimulation(args).run();
            return 0;
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        } catch (AssertionError broken) {
            System.out.println("BROKEN " + broken.getMessage());
            return 1;
        }
    }

    private void run() {
        String trace = given.getOrDefault("--trace", "calm");
        Trace.Maker named = Traces.byName(trace);
        int cache = (int) number("--cache", 0);
        Trace.Maker maker = cache == 0 ? named : Traces.cached(named, cache, number("--transfer", 1) != 0);
        String rule = given.getOrDefault("--rule", "sluice");
        long first = (long) number("--seed", 1);
        for (long seed = first; seed < first + number("--seeds", 1); seed++) {
            int pods = (int) number("--pods", 50);
            Stage.Setup setup = new Stage.Setup(
                    pods, 3, 0.6, number("--rate", 200), number("--writes", 0) / 100, Policy.DEFAULT, seed);
            Run.Scene scene = new Run.Scene(setup, (int) number("--keys", 100_000), number("--zipf", 0.9), (int)
                    number("--seconds", Traces.WARM_UP_S + 600));
            Run.Outcome outcome =
                    rule.equals("sluice") ? Run.of(scene, maker) : Run.of(scene, maker, Rival.parse(rule));
            System.out.printf("seed %d %s %s %d pods: %s%n", seed, trace, rule, pods, text(outcome, scene));
        }
    }

    private static String text(Run.Outcome outcome, Run.Scene scene) {
        return ("max/mean %.3f (worst %.3f, at the end %.3f), p99/mean %.3f, settled after %d s, overload %.0f request-s, "
                        + "unserved %.1f s of all load, churn %.3f (%.2f per hour), by cause %s, %d slices, %d rounds, "
                        + "CPU %.1f ms per round (worst %.1f)%s%s")
                .formatted(
                        outcome.meanMax(),
                        outcome.worstMax(),
                        outcome.endMax(),
                        outcome.meanP99(),
                        outcome.settledAfter(),
                        outcome.overload(),
                        outcome.unserved(),
                        outcome.churn(),
                        outcome.churn() * 3600 / (scene.seconds() - Traces.WARM_UP_S),
                        outcome.seenChurn(),
                        outcome.slices(),
                        outcome.rounds(),
                        outcome.cpuMillisPerRound(),
                        outcome.worstCpuMillis(),
                        outcome.fullest() == 0 ? "" : ", memory at most %.2f full".formatted(outcome.fullest()),
                        outcome.hits().equals(Run.Hits.NONE) ? "" : text(outcome.hits()));
    }

    private static String text(Run.Hits hits) {
        return ", hits %.4f (worst five seconds %.4f), %.0f queries/s"
                .formatted(hits.rate(), hits.worst(), hits.queriesPerSecond());
    }

    private double number(String option, double otherwise) {
        String text = given.get(option);
        if (text == null) return otherwise;
        try {
            double value = Double.parseDouble(text);
            if (value >= 0) return value;
        } catch (NumberFormatException e) {
            // Said below, together with the other way to be wrong.
        }
        throw new IllegalArgumentException(option + " needs a number from 0, not \"" + text + "\".");
    }
}
