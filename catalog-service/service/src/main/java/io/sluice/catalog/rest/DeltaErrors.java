package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import jakarta.ws.rs.core.Response;

/** Failures in the dialect of Delta's API. Its clients know a fixed set of types and fail on any other. */
public final class DeltaErrors {
    private static final String PATH = "/api/2.1/unity-catalog/delta/v1";

    private DeltaErrors() {}

    /** Whether this dialect is spoken there; the older commits beside it speak Unity Catalog's. */
    public static boolean covers(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    public static Response render(Failure failure) {
        return render(HttpError.status(failure), type(failure), String.valueOf(failure.getMessage()));
    }

    /** What we cannot explain. */
    public static Response unexpected(String message) {
        return render(500, "InternalServerErrorException", message);
    }

    private static Response render(int status, String type, String message) {
        ObjectNode body = Wire.object();
        // Traces stay in the server's log; clients expect the field.
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("code", status)
                .putArray("stack");
        return HttpError.answer(status, body);
    }

    private static String type(Failure failure) {
        return switch (failure.kind()) {
            case INVALID -> "InvalidParameterValueException";
            case UNAUTHENTICATED -> "NotAuthorizedException";
            case DENIED, KEY_REVOKED -> "PermissionDeniedException";
            case NOT_FOUND ->
                switch (failure.subject()) {
                    case CATALOG -> "NoSuchCatalogException";
                    case SCHEMA -> "NoSuchSchemaException";
                    case TABLE -> "NoSuchTableException";
                    default -> "NotFoundException";
                };
            case ALREADY_EXISTS -> "AlreadyExistsException";
            // Whatever else has changed meanwhile: both tell the client to load the table again and retry.
            case CONFLICT ->
                failure.subject() == Subject.COMMIT_VERSION
                        ? "CommitVersionConflictException"
                        : "UpdateRequirementConflictException";
            case TOO_LARGE -> "BadRequestException";
            case EXHAUSTED -> "ResourceExhaustedException";
            case UNKNOWN_OUTCOME -> "CommitStateUnknownException";
            case UNSUPPORTED -> "NotImplementedException";
            // The dialect has no type for these; the status and Retry-After say what to do.
            case REFUSED_ELSEWHERE, UNAVAILABLE -> "InternalServerErrorException";
        };
    }
}
