package io.sluice.sharder.testkit;

import java.util.SplittableRandom;

/** Checks a law on many random cases; a failure names the seed, and {@link #replay} repeats it alone. */
public final class Seeds {
    private Seeds() {}

    @FunctionalInterface
    public interface Law {
        void holds(SplittableRandom random) throws Exception;
    }

    public static void check(int cases, Law law) {
        for (long seed = 1; seed <= cases; seed++) replay(seed, law);
    }

    public static void replay(long seed, Law law) {
        try {
            law.holds(new SplittableRandom(seed));
        } catch (Exception | AssertionError broken) {
            throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
        }
    }
}
