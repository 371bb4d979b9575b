package io.sluice.bench.conformance.check;

/** A check that this server or this share gives no occasion for. Ends the check. */
public final class NotApplicable extends RuntimeException {
    private final String reason;

    public NotApplicable(String reason) {
        super(reason);
        this.reason = reason;
    }

    Verdict.NotApplicable verdict() {
        return new Verdict.NotApplicable(reason);
    }
}
