package io.sluice.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Sends requests, again where that may help, and turns refusals into exceptions. */
final class Http {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    private final HttpClient client;
    private final Retries retries;
    private final Sleeper sleeper;

    Http(HttpClient client, Retries retries, Sleeper sleeper) {
        this.client = client;
        this.retries = retries;
        this.sleeper = sleeper;
    }

    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    /** A successful answer, whose body the caller closes. */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            boolean isLast = attempt == retries.attempts();
            try {
                HttpResponse<InputStream> response = sendOnce(request);
                if (response.statusCode() < 300) return response;
                SharingException refusal = refusal(response);
                if (isLast || !Retries.isWorthIt(response.statusCode())) throw refusal;
                pause(retries.pause(attempt, response.headers(), Instant.now()));
            } catch (SharingException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (isLast) throw e;
                pause(retries.pause(attempt));
            }
        }
    }

    int attempts() {
        return retries.attempts();
    }

    void pauseAfter(int failed) throws IOException {
        pause(retries.pause(failed));
    }

    private HttpResponse<InputStream> sendOnce(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void pause(Duration pause) throws IOException {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    private static SharingException refusal(HttpResponse<InputStream> response) throws IOException {
        String body;
        try (InputStream in = response.body()) {
            body = new String(in.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
        }
        try {
            JsonNode json = MAPPER.readTree(body);
            String code = json.path("errorCode").asText(json.path("error_code").asText(""));
            // OAuth's own errors (RFC 6749, section 5.2) tell it in other fields.
            String message =
                    json.path("message").asText(json.path("error_description").asText(""));
            if (!message.isEmpty()) return new SharingException(response.statusCode(), code, message);
        } catch (JacksonException e) {
            // Not every server answers errors in JSON; the text itself has to do.
        }
        String text = body.isBlank() ? "no explanation" : body.strip();
        return new SharingException(response.statusCode(), "", "HTTP " + response.statusCode() + ": " + text);
    }
}
