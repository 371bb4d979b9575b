package io.sluice.lake.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Tokens of the managed identity that a machine of Azure's runs as, from the machine's own metadata service. */
public final class AzureTokens implements AccessTokens {
    private static final URI MACHINE = URI.create("http://169.254.169.254");
    private static final String PATH =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fstorage.azure.com%2F";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI metadata;
    private final Clock clock;

    private AzureTokens(URI metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    public static AzureTokens ofThisMachine() {
        return new AzureTokens(MACHINE, Clock.systemUTC());
    }

    static AzureTokens of(URI metadata, Clock clock) {
        return new AzureTokens(metadata, clock);
    }

    @Override
    public AccessToken token() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(metadata + PATH))
                .header("Metadata", "true")
                .timeout(TIMEOUT)
                .build();
        HttpResponse<byte[]> answer = send(request);
        if (answer.statusCode() >= 500) throw new IOException("The machine's identity answered " + answer.statusCode());
        if (answer.statusCode() != 200)
            throw new StoreDeniedException("The machine has no identity to open the store with; its metadata answered "
                    + answer.statusCode() + ". Assign one, or give the store a credentials file.");
        JsonNode token = new ObjectMapper().readTree(answer.body());
        return new AccessToken(
                token.path("access_token").asText(),
                clock.instant().plusSeconds(token.path("expires_in").asLong()));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        // Asked once in an hour at most; no proxy stands before a machine's own metadata.
        HttpClient client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(TIMEOUT)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the machine's identity");
        }
    }
}
