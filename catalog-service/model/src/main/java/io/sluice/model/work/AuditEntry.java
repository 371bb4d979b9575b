package io.sluice.model.work;

import java.util.Map;
import java.util.Optional;

/**
 * One line of the audit log, in the columns of {@code system.access.audit}. Time, request id and event id are added
 * by whoever stores it.
 *
 * @param service for example {@code unityCatalog}, {@code deltaSharing}, {@code keys}
 * @param action for example {@code createTable}
 * @param parameters never holds secrets
 * @param status HTTP-like: 200 done, 403 refused
 * @param error what the refused were told
 */
public record AuditEntry(
        String user,
        String service,
        String action,
        Map<String, String> parameters,
        int status,
        Optional<String> error) {
    public AuditEntry {
        parameters = Map.copyOf(parameters);
    }

    public static AuditEntry done(String user, String service, String action, Map<String, String> parameters) {
        return new AuditEntry(user, service, action, parameters, 200, Optional.empty());
    }

    public static AuditEntry refused(
            String user, String service, String action, Map<String, String> parameters, String why) {
        return new AuditEntry(user, service, action, parameters, 403, Optional.of(why));
    }
}
