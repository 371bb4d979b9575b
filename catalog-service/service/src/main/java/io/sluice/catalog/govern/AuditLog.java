package io.sluice.catalog.govern;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.store.AuditEvent;
import io.sluice.catalog.store.AuditRow;
import io.sluice.catalog.store.AuditRows;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.work.AuditEntry;
import java.util.List;
import java.util.Map;

/** Who did what, newest first. */
public final class AuditLog {
    private static final int MOST = 1_000;

    private final SqlUnitOfWork work;
    private final Principals principals;

    AuditLog(SqlUnitOfWork work, Principals principals) {
        this.work = work;
        this.principals = principals;
    }

    /** Somebody was denied something. The parameters never hold secrets. */
    public void refused(String user, String service, Map<String, String> parameters, String why) {
        work.audit(AuditEntry.refused(user, service, "accessDenied", parameters, why));
    }

    /** Somebody did what left no other row. The parameters never hold secrets. */
    public void done(String user, String service, String action, Map<String, String> parameters) {
        work.audit(AuditEntry.done(user, service, action, parameters));
    }

    /** What happened without changing anything, written down together. */
    public void add(List<AuditEvent> events) {
        work.audit(events);
    }

    public List<AuditRow> newest(Caller caller, int count) {
        principals.requireAdmin(caller, "read the audit log");
        int bounded = Math.max(1, Math.min(count, MOST));
        String metastoreId = principals.metastore().id();
        return work.read(connection -> AuditRows.newest(connection, work.rootLog(), metastoreId, bounded));
    }
}
