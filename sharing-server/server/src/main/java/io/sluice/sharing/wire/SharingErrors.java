package io.sluice.sharing.wire;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Failures in the dialect of the sharing protocol: {@code {"errorCode":…,"message":…}}, and the request's id. */
public final class SharingErrors {
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private SharingErrors() {}

    public record Answer(int status, String errorCode, String message) {
        /** Turns come back, and stores mostly do, within a second. */
        public Map<String, String> headers() {
            return status == 429 || status == 503
                    ? Map.of("Content-Type", CONTENT_TYPE, "Retry-After", "1")
                    : Map.of("Content-Type", CONTENT_TYPE);
        }

        /** @param requestId by which the provider finds the request in the log */
        public byte[] body(String requestId) {
            String json = Json.object()
                    .put("errorCode", errorCode)
                    .put("message", message)
                    .put("requestId", requestId)
                    .toString();
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** What is not a failure of ours to explain gets a bare 500: its text is for our own log. */
    public static Answer of(Throwable failure) {
        if (failure instanceof Failure known) return of(known);
        if (failure instanceof KeyRevokedException)
            // The exception's own text names the key's scope, which is the provider's business.
            return new Answer(
                    403,
                    "PERMISSION_DENIED",
                    "The key of this table was withdrawn by its owner. Retrying will not help: ask the provider.");
        if (failure instanceof KeyUnavailableException)
            return new Answer(
                    503,
                    "TEMPORARILY_UNAVAILABLE",
                    "The key of this table cannot be reached just now. Try again later.");
        return new Answer(500, "INTERNAL_ERROR", "The server failed. Try again, and tell the provider if it persists.");
    }

    private static Answer of(Failure failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case INVALID -> new Answer(400, "INVALID_PARAMETER_VALUE", message);
            case UNSUPPORTED -> new Answer(400, "UNSUPPORTED_OPERATION", message);
            case UNAUTHENTICATED -> new Answer(401, "UNAUTHENTICATED", message);
            case DENIED, KEY_REVOKED -> new Answer(403, "PERMISSION_DENIED", message);
            case NOT_FOUND -> new Answer(404, "RESOURCE_DOES_NOT_EXIST", message);
            case ALREADY_EXISTS -> new Answer(409, "RESOURCE_ALREADY_EXISTS", message);
            case CONFLICT -> new Answer(409, "RESOURCE_CONFLICT", message);
            case TOO_LARGE -> new Answer(413, "MALFORMED_REQUEST", message);
            case EXHAUSTED -> new Answer(429, "RESOURCE_EXHAUSTED", message);
            case REFUSED_ELSEWHERE -> new Answer(502, "REFUSED_ELSEWHERE", message);
            case UNAVAILABLE -> new Answer(503, "TEMPORARILY_UNAVAILABLE", message);
            case UNKNOWN_OUTCOME -> new Answer(500, "INTERNAL_ERROR", message);
        };
    }
}
