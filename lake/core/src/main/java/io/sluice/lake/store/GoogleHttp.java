package io.sluice.lake.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.lake.store.TrafficMeter.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Requests to Google's services: with a token, counted, and again where what failed may pass by itself. */
final class GoogleHttp {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int TRIES = 4;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final HttpClient client;
    private final AccessTokens tokens;
    private final TrafficMeter meter;

    GoogleHttp(HttpClient client, AccessTokens tokens, TrafficMeter meter) {
        this.client = client;
        this.tokens = tokens;
        this.meter = meter;
    }

    /** HTTP/1.1, so that large bodies travel on connections of their own. */
    static HttpClient client(URI service) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (Loopback.isHost(service.getHost())) builder.proxy(HttpClient.Builder.NO_PROXY);
        return builder.build();
    }

    /** Whether a request may be sent again when its fate is unknown. */
    enum Again {
        YES,
        /** After a conditional write whose answer was lost, another try would find our own object. */
        NO
    }

    /** The answer, whatever its status. The caller closes its body. */
    HttpResponse<InputStream> send(Request kind, HttpRequest.Builder request, Again again) throws IOException {
        request.setHeader("Authorization", "Bearer " + tokens.token().value())
                // Objects as they are stored: without this, gzipped ones would be unpacked on the way.
                .setHeader("Accept-Encoding", "gzip")
                .timeout(ANSWER);
        HttpRequest ready = request.build();
        long bodyBytes = ready.bodyPublisher()
                .map(HttpRequest.BodyPublisher::contentLength)
                .orElse(0L);
        for (int attempt = 1; ; attempt++) {
            boolean isLast = again == Again.NO || attempt == TRIES;
            meter.count(kind);
            meter.countSent(bodyBytes);
            try {
                HttpResponse<InputStream> answer = exchange(client, ready);
                if (isLast || !mayPass(answer.statusCode())) return answer;
                answer.body().close();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (isLast) throw e;
            }
            LockSupport.parkNanos(FIRST_PAUSE.toNanos() << (attempt - 1));
        }
    }

    static HttpResponse<InputStream> exchange(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while waiting for " + request.uri().getHost());
        }
    }

    static JsonNode json(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return JSON.readTree(body);
        }
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || status >= 500;
    }
}
