package io.sluice.server.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.catalog.govern.AuditLog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.store.AuditEvent;
import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.server.http.RequestIds;
import io.sluice.sharing.files.DeliveryLog.Listed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A line of the audit log for each query of a recipient, with what it handed out. The lines of a second are written
 * together: reads must not wait for a transaction each. A process that is killed loses that second's.
 */
@Singleton
public final class DeliveryAudit {
    private static final Logger LOG = Logger.getLogger(DeliveryAudit.class);
    private static final int SECONDS = 1;
    /** A whole minute of a busy process; a store that is away for longer costs lines rather than the process. */
    private static final int MOST_WAITING = 50_000;

    private static final int AT_ONCE = 2_000;
    private static final int BROKEN_OFF = 499;

    private final AuditLog log;
    private final RequestIds requests;
    private final Clock clock;
    private final Chores chores = new Chores("delivery-audit", 1);
    private final Deque<AuditEvent> waiting = new ArrayDeque<>();

    DeliveryAudit(Governance governance, RequestIds requests, Clock clock) {
        this.log = governance.auditLog();
        this.requests = requests;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        chores.every(SECONDS, this::writeDown);
    }

    void stop(@Observes ShutdownEvent stopping) {
        chores.close();
        try {
            writeDown();
        } catch (Failure e) {
            LOG.errorf(e, "%d lines of the audit log about queries of shares are lost", waiting.size());
        }
    }

    void add(Listed listed) {
        AuditEvent event = new AuditEvent(entry(listed), requests.origin(), clock.instant());
        synchronized (waiting) {
            waiting.add(event);
            if (waiting.size() <= MOST_WAITING) return;
            LOG.errorf("a line of the audit log is lost: %s", waiting.remove());
        }
    }

    private static AuditEntry entry(Listed listed) {
        return new AuditEntry(
                listed.recipient().auditName(),
                "deltaSharing",
                switch (listed.call()) {
                    case QUERY -> "deltaSharingQueriedTable";
                    case CHANGES -> "deltaSharingQueriedTableChanges";
                },
                Map.of(
                        "recipient_name", listed.recipient().name().value(),
                        "table", listed.table(),
                        "table_id", listed.tableId(),
                        "location", listed.location().toString(),
                        "version", Long.toString(listed.version()),
                        "files", Long.toString(listed.files()),
                        "bytes", Long.toString(listed.bytes())),
                listed.complete() ? 200 : BROKEN_OFF,
                listed.complete() ? Optional.empty() : Optional.of("The answer was broken off."));
    }

    private void writeDown() {
        for (List<AuditEvent> events = take(); !events.isEmpty(); events = take()) {
            try {
                log.add(events);
            } catch (Failure e) {
                // Where nobody knows whether they were stored, twice is better than never.
                giveBack(events);
                throw e;
            }
        }
    }

    private List<AuditEvent> take() {
        List<AuditEvent> taken = new ArrayList<>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && taken.size() < AT_ONCE) taken.add(waiting.remove());
        }
        return taken;
    }

    private void giveBack(List<AuditEvent> events) {
        synchronized (waiting) {
            for (int last = events.size() - 1; last >= 0; last--) waiting.addFirst(events.get(last));
        }
    }
}
