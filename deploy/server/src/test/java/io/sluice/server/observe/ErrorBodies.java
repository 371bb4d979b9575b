package io.sluice.server.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is told that is not served: one shape for each face. */
final class ErrorBodies {
    private static final String SHARING = "/delta-sharing/";

    private ErrorBodies() {}

    static void put(ObjectNode responses) {
        ObjectNode unity = body(responses, "UnityError");
        unity.putObject("error_code").put("type", "string");
        unity.putObject("message").put("type", "string");
        ObjectNode details = unity.putObject("details").put("type", "array").putObject("items");
        details.put("type", "object");
        ObjectNode detail = details.putObject("properties");
        for (String field : new String[] {"reason", "request_id", "@type"})
            detail.putObject(field).put("type", "string");

        ObjectNode scim = body(responses, "ScimError");
        for (String field : new String[] {"error_code", "message", "status", "detail", "scimType"})
            scim.putObject(field).put("type", "string");
        scim.putObject("schemas").put("type", "array").putObject("items").put("type", "string");

        ObjectNode delta = body(responses, "DeltaError").putObject("error").put("type", "object");
        ObjectNode error = delta.putObject("properties");
        error.putObject("message").put("type", "string");
        error.putObject("type").put("type", "string");
        error.putObject("code").put("type", "integer");
        error.putObject("stack").put("type", "array").putObject("items").put("type", "string");

        ObjectNode sharing = body(responses, "SharingError");
        sharing.putObject("errorCode").put("type", "string");
        sharing.putObject("message").put("type", "string");
        sharing.putObject("requestId").put("type", "string");
    }

    private static ObjectNode body(ObjectNode responses, String name) {
        ObjectNode response = responses.putObject(name);
        response.put("description", "Refused. The header x-request-id names the request in the server's log.");
        return response.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("type", "object")
                .putObject("properties");
    }

    static void refer(ObjectNode responses, Operation operation, boolean isOpen) {
        String path = operation.route().template();
        String shape = shape(path);
        statuses(operation, isOpen).forEach((status, isTold) -> {
            if (isTold) responses.putObject(status).put("$ref", "#/components/responses/" + shape);
        });
    }

    private static String shape(String path) {
        if (path.startsWith(SHARING)) return "SharingError";
        if (path.startsWith("/api/2.1/unity-catalog/delta/v1/")) return "DeltaError";
        return path.contains("scim") ? "ScimError" : "UnityError";
    }

    private static Map<String, Boolean> statuses(Operation operation, boolean isOpen) {
        boolean isChange = !operation.route().method().equals("GET");
        boolean isSharing = operation.route().template().startsWith(SHARING);
        Map<String, Boolean> statuses = new LinkedHashMap<>();
        statuses.put("400", true);
        statuses.put("401", !isOpen);
        statuses.put("403", true);
        statuses.put("404", true);
        statuses.put("409", isChange);
        statuses.put("413", operation.hasBody());
        statuses.put("429", isChange);
        statuses.put("500", true);
        statuses.put("501", !isSharing);
        // Only these ask somebody else's server.
        statuses.put("502", operation.route().template().matches(".*/providers/\\{\\w+}/shares.*"));
        statuses.put("503", true);
        return statuses;
    }
}
