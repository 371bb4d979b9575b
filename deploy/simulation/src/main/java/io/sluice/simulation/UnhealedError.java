package io.sluice.simulation;

/** Nothing was served twice, but something was not served at all when everything was well again. */
final class UnhealedError extends AssertionError {
    private static final long serialVersionUID = 1;

    UnhealedError(String message) {
        super(message);
    }
}
