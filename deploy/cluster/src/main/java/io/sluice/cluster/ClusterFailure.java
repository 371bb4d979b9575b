package io.sluice.cluster;

import java.util.Locale;

/** What ends a run, in one sentence with what to do about it. */
final class ClusterFailure extends RuntimeException {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;
    private static final int NOT_FOUND = 3;
    private static final int UNAVAILABLE = 6;

    private final int exitCode;

    private ClusterFailure(int exitCode, String format, Object... args) {
        super(String.format(Locale.ROOT, format, args));
        this.exitCode = exitCode;
    }

    static ClusterFailure failed(String format, Object... args) {
        return new ClusterFailure(FAILURE, format, args);
    }

    static ClusterFailure misused(String format, Object... args) {
        return new ClusterFailure(USAGE, format, args);
    }

    static ClusterFailure notFound(String format, Object... args) {
        return new ClusterFailure(NOT_FOUND, format, args);
    }

    static ClusterFailure unavailable(String format, Object... args) {
        return new ClusterFailure(UNAVAILABLE, format, args);
    }

    /** As the other verbs end. */
    int exitCode() {
        return exitCode;
    }
}
