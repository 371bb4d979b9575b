package io.sluice.server.pods;

import io.sluice.sharder.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a pod asks another over HTTP, at the address at which that one serves everybody else. */
public final class SealedCalls {
    static final String SEAL = "x-sluice-pod-seal";

    private static final Duration CONNECT_PATIENCE = Duration.ofMillis(500);
    private static final int OK = 200;

    private final PodSecret secret;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    public SealedCalls(PodSecret secret) {
        this.secret = secret;
    }

    /** @param path of what is asked, and what the message is sealed for */
    CompletableFuture<byte[]> ask(Resource pod, String path, byte[] message, Duration patience) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pod.address() + path))
                .timeout(patience)
                .header(SEAL, secret.seal(path, message))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(SealedCalls::body);
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) throw new IllegalStateException("answered " + answer.statusCode());
        return answer.body();
    }
}
