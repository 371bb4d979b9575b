package io.sluice.bench.conformance.check;

/** A rule that the server did not keep. Ends the check. */
public final class Broken extends RuntimeException {
    private final String expected;
    private final String found;
    private final String request;

    /** @param request as a line for the shell, without secrets */
    public Broken(String expected, String found, String request) {
        super("expected " + expected + ", found " + found);
        this.expected = expected;
        this.found = found;
        this.request = request;
    }

    Verdict.Failed verdict() {
        return new Verdict.Failed(expected, found, request);
    }
}
