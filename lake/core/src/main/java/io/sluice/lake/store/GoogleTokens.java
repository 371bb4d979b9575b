package io.sluice.lake.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.store.GoogleConnection.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Tokens for Google's services: of the machine's own account, or for what an account's key has signed. */
final class GoogleTokens {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final Duration ASSERTION_LIFE = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";

    private final HttpClient client;
    private final Clock clock;

    GoogleTokens(HttpClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    AccessTokens of(Credentials credentials) {
        AccessTokens source = credentials instanceof Credentials.KeyFile file
                ? () -> exchanged(file.account())
                : () -> ofMachine((Credentials.Machine) credentials);
        return new CachedTokens(source, clock);
    }

    /** Who the machine runs as. */
    String emailOf(Credentials.Machine machine) throws IOException {
        try (InputStream body = ask(machine, "email").body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8).trim();
        }
    }

    private AccessToken ofMachine(Credentials.Machine machine) throws IOException {
        return token(ask(machine, "token"));
    }

    private HttpResponse<InputStream> ask(Credentials.Machine machine, String what) throws IOException {
        return answered(HttpRequest.newBuilder(URI.create(machine.metadata() + ACCOUNT + what))
                .header("Metadata-Flavor", "Google")
                .timeout(TIMEOUT)
                .build());
    }

    private AccessToken exchanged(GoogleServiceAccount account) throws IOException {
        String form = "grant_type=" + PercentEncoding.query("urn:ietf:params:oauth:grant-type:jwt-bearer")
                + "&assertion=" + assertion(account);
        return token(answered(HttpRequest.newBuilder(account.tokenUri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .timeout(TIMEOUT)
                .build()));
    }

    private String assertion(GoogleServiceAccount account) throws IOException {
        Instant now = clock.instant();
        String signed = base64(GoogleHttp.JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT"))) + "."
                + base64(GoogleHttp.JSON.writeValueAsBytes(Map.of(
                        "iss", account.email(),
                        "scope", SCOPE,
                        "aud", account.tokenUri().toString(),
                        "iat", now.getEpochSecond(),
                        "exp", now.plus(ASSERTION_LIFE).getEpochSecond())));
        return signed + "." + base64(account.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private HttpResponse<InputStream> answered(HttpRequest request) throws IOException {
        HttpResponse<InputStream> answer = GoogleHttp.exchange(client, request);
        if (answer.statusCode() == 200) return answer;
        answer.body().close();
        String message = request.uri().getHost() + " answered " + answer.statusCode() + " to a request for a token.";
        throw answer.statusCode() < 500 ? new StoreDeniedException(message) : new IOException(message);
    }

    private AccessToken token(HttpResponse<InputStream> answer) throws IOException {
        JsonNode token = GoogleHttp.json(answer);
        return new AccessToken(
                token.path("access_token").asText(),
                clock.instant().plusSeconds(token.path("expires_in").asLong()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
