package io.sluice.catalog.store;

import java.util.Map;

/** A line of the audit log in the columns of {@code system.access.audit}. */
public record AuditRow(
        String eventId,
        long eventTime,
        String requestId,
        String userIdentity,
        String serviceName,
        String actionName,
        Map<String, String> requestParams,
        int statusCode) {}
