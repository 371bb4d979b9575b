package io.sluice.catalog.vending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
 * Requests to the clouds' token services. Secrets go over TLS, to the address that was named and to no other: nothing
 * is redirected. An answer is bounded in bytes and in time; one that never comes is told as unavailable. Nothing of a
 * request or an answer gets into a message. Safe for many threads.
 */
final class CloudHttp {
    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int TOO_LATE = 408;
    private static final int TOO_MANY = 429;

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE_TO_CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Duration patience;

    /** @param patience for a whole answer */
    CloudHttp(Duration patience) {
        this.patience = patience;
    }

    /** Either what was asked for, or a refusal for good. */
    record Answer(String service, int status, String body) {
        boolean isRefusal() {
            return status >= 400;
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                // Without the cause: it quotes what it could not read.
                throw notUnderstood(service);
            }
        }

        /** The word by which OAuth tells why; what is no word stays out of our messages. */
        String errorCode() {
            try {
                String code = JSON.readTree(body).path("error").asText();
                return code.matches("[A-Za-z_]{1,64}") ? code : "status " + status;
            } catch (JsonProcessingException e) {
                return "status " + status;
            }
        }

        @Override
        public String toString() {
            return "Answer[" + service + ", " + status + "]";
        }
    }

    Answer postForm(String service, URI address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(service, address, Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }

    Answer post(String service, URI address, Map<String, String> headers, String body) {
        requireSafe(address);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(patience).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<byte[]> response = send(service, request.build());
        int status = response.statusCode();
        boolean isFinal = status == 200 || status >= 400 && status < 500 && status != TOO_LATE && status != TOO_MANY;
        if (!isFinal) throw unavailable(service, null);
        return new Answer(service, status, new String(response.body(), StandardCharsets.UTF_8));
    }

    /** TLS, except to this very machine. */
    static void requireSafe(URI address) {
        String scheme = address.getScheme();
        if (address.getHost() != null && address.getUserInfo() == null) {
            if ("https".equalsIgnoreCase(scheme)) return;
            if ("http".equalsIgnoreCase(scheme) && isLoopback(address.getHost())) return;
        }
        throw Failure.invalid(
                "The address of a token service is not one that secrets may be sent to: %s. Use https and the name of a"
                        + " host.",
                PathText.printable(String.valueOf(address.getHost())));
    }

    static Failure notUnderstood(String service) {
        return Failure.unavailable(
                null, "%s sent an answer that is not understood. Check that its address is right, and try again.", service);
    }

    private HttpResponse<byte[]> send(String service, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable(service, e);
        } catch (ExecutionException e) {
            throw unavailable(service, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(service, e);
        } finally {
            answer.cancel(true);
        }
    }

    private static Failure unavailable(String service, @Nullable Throwable cause) {
        return Failure.unavailable(cause, "%s does not answer just now. Try again in a moment.", service);
    }

    /** By the text alone: a name that only resolves to this machine today is not this machine. */
    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) return true;
        if (!host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]")) return false;
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
