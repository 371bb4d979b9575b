package io.sluice.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;

/** What a server said when it did not do what it was asked. */
record Refusal(int status, String code, String message, Optional<String> requestId) {
    private static final int LONGEST_FOREIGN_TEXT = 200;

    static Refusal of(HttpResponse<String> response) {
        JsonNode body = bodyOf(response.body());
        String code = first(body, "error_code", "errorCode", "error");
        String message = first(body, "message", "error_description");
        return new Refusal(
                response.statusCode(),
                code,
                message.isBlank() ? foreign(response) : message,
                requestIdOf(body).or(() -> response.headers().firstValue("x-request-id")));
    }

    CommandFailure asFailure() {
        String trace = requestId.map(id -> "\n  request id: " + id).orElse("");
        String named = code.isEmpty() ? "" : " (" + code + ")";
        return new CommandFailure(exit(status, code), message + remedy() + named + trace);
    }

    /** The server cannot know how its client gets in. */
    private String remedy() {
        return status == 401 ? " Log in with: sluice login" : "";
    }

    static Exit exit(int status, String code) {
        // Unity Catalog answers 400 where something exists already; to a script that is a conflict all the same.
        if (code.endsWith("ALREADY_EXISTS")) return Exit.CONFLICT;
        return switch (status) {
            case 401, 403 -> Exit.DENIED;
            case 404 -> Exit.NOT_FOUND;
            case 409, 412 -> Exit.CONFLICT;
            case 408, 429, 502, 503, 504 -> Exit.UNAVAILABLE;
            default -> Exit.FAILURE;
        };
    }

    /** Our own errors, those of the sharing protocol and those of OAuth have different names for the same. */
    private static String first(JsonNode body, String... fields) {
        return Arrays.stream(fields)
                .map(field -> body.path(field).asText())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static JsonNode bodyOf(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException notOurs) {
            return Json.object();
        }
    }

    private static Optional<String> requestIdOf(JsonNode body) {
        return Json.elements(body.path("details")).stream()
                .map(detail -> detail.path("request_id").asText())
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    /** For answers of something in between (a proxy, another program on that port). */
    private static String foreign(HttpResponse<String> response) {
        String text = response.body().strip().replaceAll("\\s+", " ");
        if (text.length() > LONGEST_FOREIGN_TEXT) text = text.substring(0, LONGEST_FOREIGN_TEXT) + "…";
        String said = text.isEmpty() || text.startsWith("<") ? "and gave no reason" : "and said: " + text;
        return "%s answered %d %s."
                .formatted(response.uri().getAuthority(), response.statusCode(), said.replaceAll("\\p{Cntrl}", " "));
    }
}
