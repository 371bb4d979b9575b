package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** What the dialects of errors have in common: what HTTP itself says. */
final class HttpError {
    private HttpError() {}

    static int status(Failure failure) {
        return switch (failure.kind()) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED, KEY_REVOKED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case EXHAUSTED -> 429;
            case UNKNOWN_OUTCOME -> 500;
            case UNSUPPORTED -> 501;
            case REFUSED_ELSEWHERE -> 502;
            case UNAVAILABLE -> 503;
        };
    }

    static Response answer(int status, ObjectNode body) {
        Response.ResponseBuilder answer = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body.toString().getBytes(StandardCharsets.UTF_8));
        if (status == 503) answer.header(HttpHeaders.RETRY_AFTER, "1");
        if (status == 401) answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return answer.build();
    }
}
