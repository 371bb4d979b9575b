package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import jakarta.ws.rs.core.Response;

/** Failures in Unity Catalog's dialect. Every body names the request, so that it can be found in the logs. */
public final class UnityErrors {
    private UnityErrors() {}

    public static Response render(Failure failure, String requestId) {
        return render(status(failure), code(failure), String.valueOf(failure.getMessage()), requestId);
    }

    public static Response render(int status, String code, String message, String requestId) {
        return HttpError.answer(status, body(code, message, requestId));
    }

    /** The fields of SCIM's own errors (RFC 7644, section 3.12) beside the usual ones: clients of both kinds call it. */
    public static Response renderScim(Failure failure, String requestId) {
        String message = String.valueOf(failure.getMessage());
        ObjectNode body = body(code(failure), message, requestId);
        body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
        int status = HttpError.status(failure);
        body.put("status", String.valueOf(status)).put("detail", message);
        if (failure.kind() == FailureKind.ALREADY_EXISTS) body.put("scimType", "uniqueness");
        return HttpError.answer(status, body);
    }

    private static ObjectNode body(String code, String message, String requestId) {
        ObjectNode body = Wire.object();
        body.put("error_code", code).put("message", message);
        var details = body.putArray("details");
        details.addObject().put("reason", code).put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        details.addObject().put("request_id", requestId).put("@type", "type.googleapis.com/google.rpc.RequestInfo");
        return body;
    }

    /** Unity Catalog answers 400 to "already exists", for historical reasons. */
    private static int status(Failure failure) {
        return failure.kind() == FailureKind.ALREADY_EXISTS ? 400 : HttpError.status(failure);
    }

    private static String code(Failure failure) {
        return switch (failure.kind()) {
            case INVALID -> "INVALID_ARGUMENT";
            case ALREADY_EXISTS -> subject(failure, "ALREADY_EXISTS");
            case NOT_FOUND -> subject(failure, "NOT_FOUND");
            case UNAUTHENTICATED -> "UNAUTHENTICATED";
            case DENIED -> "PERMISSION_DENIED";
            case KEY_REVOKED -> "KEY_REVOKED";
            case CONFLICT ->
                switch (failure.subject()) {
                    case COMMIT_VERSION -> "COMMIT_VERSION_CONFLICT";
                    case UPDATE_REQUIREMENT -> "UPDATE_REQUIREMENT_CONFLICT";
                    default -> "ABORTED";
                };
            case EXHAUSTED -> "RESOURCE_EXHAUSTED";
            case TOO_LARGE -> "REQUEST_TOO_LARGE";
            case UNSUPPORTED -> "UNIMPLEMENTED";
            case REFUSED_ELSEWHERE -> "REFUSED_ELSEWHERE";
            case UNAVAILABLE -> "UNAVAILABLE";
            case UNKNOWN_OUTCOME -> "COMMIT_STATE_UNKNOWN";
        };
    }

    private static String subject(Failure failure, String code) {
        if (failure.subject() == Subject.ANYTHING)
            return code.equals("ALREADY_EXISTS") ? "RESOURCE_ALREADY_EXISTS" : code;
        return failure.subject().name() + "_" + code;
    }
}
