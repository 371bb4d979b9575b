package io.sluice.server.demo;

import io.sluice.lake.table.TableLog;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;

/** How far a demo table has come. */
final class DemoLog {
    private DemoLog() {}

    /** -1 when the table has no log yet. */
    static long latestVersion(TableLog log) throws IOException {
        try {
            return log.latestVersion(-1);
        } catch (Failure e) {
            if (e.kind() == FailureKind.NOT_FOUND) return -1;
            throw e;
        }
    }
}
