package io.sluice.model.work;

import java.util.Map;

/**
 * One line of the audit log, in the columns of {@code system.access.audit}. Time, request id and event id are added
 * by whoever stores it.
 *
 * @param service for example {@code unityCatalog}, {@code deltaSharing}, {@code keys}
 * @param action for example {@code createTable}
 * @param parameters never holds secrets
 * @param status HTTP-like: 200 done, 403 refused
 */
public record AuditEntry(String user, String service, String action, Map<String, String> parameters, int status) {
    public AuditEntry {
        parameters = Map.copyOf(parameters);
    }

    public static AuditEntry done(String user, String service, String action, Map<String, String> parameters) {
        return new AuditEntry(user, service, action, parameters, 200);
    }

    public static AuditEntry refused(String user, String service, String action, Map<String, String> parameters) {
        return new AuditEntry(user, service, action, parameters, 403);
    }
}
