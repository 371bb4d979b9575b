package io.sluice.bench.conformance.check;

/** A check and what came of it. */
public record Finding(Check check, Verdict verdict) {
    public boolean isFailed() {
        return verdict instanceof Verdict.Failed;
    }

    public boolean isPassed() {
        return verdict instanceof Verdict.Passed;
    }
}
