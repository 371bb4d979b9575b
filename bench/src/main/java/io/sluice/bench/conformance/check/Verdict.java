package io.sluice.bench.conformance.check;

/** What came of a check. */
public sealed interface Verdict {
    record Passed() implements Verdict {}

    /** @param request by which anybody can see it again, as a line for the shell without the token */
    record Failed(String expected, String found, String request) implements Verdict {}

    /** @param reason what would have to be shared or offered */
    record NotApplicable(String reason) implements Verdict {}
}
