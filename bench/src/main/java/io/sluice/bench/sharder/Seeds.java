package io.sluice.bench.sharder;

import io.sluice.bench.figure.Rounds;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/** One figure over several seeds. The same seeds give the same numbers. */
record Seeds(double median, double worst) {
    private static final long FIRST = 101;
    private static final int COUNT = 5;

    /** @param measure less is better; called by several threads at once */
    static Seeds of(LongToDoubleFunction measure) {
        double[] values = LongStream.range(FIRST, FIRST + COUNT)
                .parallel()
                .mapToDouble(measure)
                .toArray();
        return new Seeds(Rounds.median(values), Arrays.stream(values).max().orElseThrow());
    }

    static String names() {
        return "seeds %d to %d".formatted(FIRST, FIRST + COUNT - 1);
    }
}
