package io.sluice.catalog.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit log in the columns of {@code system.access.audit}, in their order. What an installation of ours
 * does not have is there all the same, as it would be for an event above the workspaces.
 *
 * @param accountId the metastore's id: it tells the logs of several installations apart
 * @param eventTime epoch milliseconds, as all our times
 * @param eventDate the day of it in UTC
 * @param sessionId always null: a bearer token has no session
 */
public record AuditRow(
        String version,
        long eventTime,
        String eventDate,
        long workspaceId,
        @Nullable String sourceIpAddress,
        @Nullable String userAgent,
        @Nullable String sessionId,
        UserIdentity userIdentity,
        String serviceName,
        String actionName,
        String requestId,
        Map<String, String> requestParams,
        Outcome response,
        String auditLevel,
        String accountId,
        String eventId) {
    private static final String VERSION = "2.0";
    private static final long NO_WORKSPACE = 0;
    private static final String LEVEL = "ACCOUNT_LEVEL";

    public record UserIdentity(String email) {}

    /** @param result always null: answers are not kept */
    public record Outcome(
            int statusCode,
            @Nullable String errorMessage,
            @Nullable String result) {}

    /** What is stored of a line. */
    record Stored(
            String eventId,
            Instant at,
            Origin origin,
            String user,
            String service,
            String action,
            Map<String, String> parameters,
            int status,
            @Nullable String error) {}

    static AuditRow of(Stored line, String metastoreId) {
        return new AuditRow(
                VERSION,
                line.at.toEpochMilli(),
                LocalDate.ofInstant(line.at, ZoneOffset.UTC).toString(),
                NO_WORKSPACE,
                line.origin.sourceIpAddress(),
                line.origin.userAgent(),
                null,
                new UserIdentity(line.user),
                line.service,
                line.action,
                line.origin.requestId(),
                line.parameters,
                new Outcome(line.status, line.error, null),
                LEVEL,
                metastoreId,
                line.eventId);
    }
}
