package io.sluice.catalog.vending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one token service of a cloud. They go to the address that was named and to no other: nothing is
 * redirected. An answer that never comes is told as unavailable. Nothing of a request or an answer gets into a message,
 * since both hold secrets. Safe for many threads.
 */
final class CloudHttp {
    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(3);
    /** For a whole answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int TOO_LATE = 408;
    private static final int TOO_MANY = 429;

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(PATIENCE_TO_CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final String service;

    /** @param service as messages call it */
    CloudHttp(String service) {
        this.service = service;
    }

    /** Either what was asked for, or a refusal for good. */
    record Answer(int status, String body) {
        boolean isRefusal() {
            return status >= 400;
        }

        /** The word by which OAuth tells why; what is no word stays out of our messages. */
        String reason() {
            try {
                String code = JSON.readTree(body).path("error").asText();
                return code.matches("[A-Za-z_]{1,64}") ? code : "status " + status;
            } catch (JsonProcessingException e) {
                return "status " + status;
            }
        }

        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    Answer get(String address, Map<String, String> headers) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET(), headers);
    }

    Answer post(String address, Map<String, String> headers, String body) {
        return send(HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofString(body)), headers);
    }

    Answer postForm(String address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(address, Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }

    /** The token that was asked for, with what is told beside it. */
    JsonNode token(Answer answer) {
        try {
            JsonNode json = JSON.readTree(answer.body());
            if (!json.path("access_token").asText().isEmpty()) return json;
        } catch (JsonProcessingException e) {
            // Not passed on: it quotes what it could not read.
        }
        throw notUnderstood();
    }

    Failure notUnderstood() {
        return Failure.unavailable(null, "%s sent an answer that is not understood. Try again in a moment.", service);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer send(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        HttpResponse<String> response = send(request.build());
        int status = response.statusCode();
        boolean isFinal = status == 200 || status >= 400 && status < 500 && status != TOO_LATE && status != TOO_MANY;
        if (!isFinal) throw unavailable(null);
        return new Answer(status, response.body());
    }

    /** The request's own timeout ends with the headers; this one is for the body too. */
    private HttpResponse<String> send(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> answer = CLIENT.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } finally {
            answer.cancel(true);
        }
    }

    private Failure unavailable(@Nullable Throwable cause) {
        return Failure.unavailable(cause, "%s does not answer just now. Try again in a moment.", service);
    }
}
