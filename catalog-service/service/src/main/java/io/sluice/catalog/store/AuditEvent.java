package io.sluice.catalog.store;

import io.sluice.model.work.AuditEntry;
import java.time.Instant;

/** Something for the audit log, with when it happened and who asked for it. */
public record AuditEvent(AuditEntry entry, Origin origin, Instant at) {}
