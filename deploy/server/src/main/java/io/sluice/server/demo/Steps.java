package io.sluice.server.demo;

import io.sluice.catalog.access.Caller;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.server.launch.Bootstrap;

/** Steps towards the demo world. Each may have been done before, by a start that was cut short. */
final class Steps {
    /** Who makes the world, and owns all of it. */
    static final Caller ADMIN = new Caller(Bootstrap.ADMIN);

    private Steps() {}

    static void ensure(Runnable step) {
        tolerating(FailureKind.ALREADY_EXISTS, step);
    }

    static void forgetting(Runnable step) {
        tolerating(FailureKind.NOT_FOUND, step);
    }

    private static void tolerating(FailureKind kind, Runnable step) {
        try {
            step.run();
        } catch (Failure e) {
            if (e.kind() != kind) throw e;
        }
    }
}
