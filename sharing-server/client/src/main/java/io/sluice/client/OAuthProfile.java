package io.sluice.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A profile of version 2 and type {@code oauth_client_credentials}: an id and a secret for short-lived tokens (RFC 6749,
 * section 4.4).
 *
 * @param endpoint of the sharing server, without a slash at the end
 */
public record OAuthProfile(
        URI endpoint, URI tokenEndpoint, String clientId, String clientSecret, Optional<String> scope) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 64 * 1024;

    /** Asks for a token, and gives the profile to use while it is good. */
    public Profile signIn(Retries retries) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(tokenEndpoint)
                .header("Authorization", "Basic " + basic())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", Requests.USER_AGENT)
                .timeout(ANSWER_TIMEOUT)
                .POST(BodyPublishers.ofString(form()))
                .build();
        Http http = new Http(SharingClient.newHttp(), retries, pause -> Thread.sleep(pause.toMillis()));
        try (InputStream body = new BoundedInput(http.send(request).body(), MOST_BYTES)) {
            JsonNode token = MAPPER.readTree(body).path("access_token");
            if (!token.isTextual() || token.textValue().isBlank())
                throw SharingException.brokenProtocol("The token endpoint's answer has no access_token.");
            // A header that cannot be sent would be quoted by who refuses it.
            if (token.textValue().chars().anyMatch(letter -> letter <= ' ' || letter > '~'))
                throw SharingException.brokenProtocol("The token endpoint's access_token cannot be sent in a header.");
            return new Profile(endpoint, token.textValue(), Optional.empty());
        } catch (JacksonException e) {
            // Not as the cause: its text quotes the answer, and with it the token.
            throw SharingException.brokenProtocol("The token endpoint's answer is not JSON.");
        }
    }

    private String basic() {
        String pair = encoded(clientId) + ":" + encoded(clientSecret);
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String form() {
        String grant = "grant_type=client_credentials";
        return scope.map(wanted -> grant + "&scope=" + encoded(wanted)).orElse(grant);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuth profile for " + endpoint;
    }
}
