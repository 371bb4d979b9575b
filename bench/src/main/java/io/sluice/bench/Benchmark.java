package io.sluice.bench;

import io.sluice.bench.figure.Report;

/** A group of figures that share their preparations. */
public interface Benchmark {
    /** As the caller writes it on the command line. */
    String name();

    /** What it measures, in one sentence. */
    String purpose();

    /** Measures, and tells each figure as soon as it is known. */
    void run(Report report) throws Exception;
}
