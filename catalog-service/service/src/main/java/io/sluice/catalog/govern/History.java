package io.sluice.catalog.govern;

import io.sluice.catalog.store.HistoryStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.work.UnitOfWork;
import java.time.Clock;
import java.time.Duration;

/** Lets go of the changes that followers have had long enough for, and of the audit log after its time. */
public final class History {
    /** A pod that is away for longer reads its snapshots anew. */
    private static final Duration CHANGES_KEPT = Duration.ofDays(1);

    private static final int AT_ONCE = 5_000;

    private final HistoryStore store = new HistoryStore();
    private final SqlUnitOfWork work;
    private final Duration auditKept;
    private final Clock clock;

    History(SqlUnitOfWork work, Duration auditKept, Clock clock) {
        this.work = work;
        this.auditKept = auditKept;
        this.clock = clock;
    }

    /** Of all metastores. Answers how many. */
    public int trimChanges() {
        long before = clock.millis() - CHANGES_KEPT.toMillis();
        return inSteps(connection -> store.forgetChanges(connection, before, AT_ONCE));
    }

    /** Of this metastore. Answers how many. */
    public int trimAudit() {
        long before = clock.millis() - auditKept.toMillis();
        return inSteps(connection -> store.forgetAudit(connection, work.rootLog(), before, AT_ONCE));
    }

    private int inSteps(UnitOfWork.Read<Integer> step) {
        int all = 0;
        int last;
        do {
            last = work.aside(step);
            all += last;
        } while (last == AT_ONCE);
        return all;
    }
}
