package io.sluice.sharing.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.AuthenticationType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a provider handed to us: a profile of version 1, or of version 2 with a bearer token or an OAuth client. Holds
 * secrets, so it is never stored as it is, nor shown.
 *
 * @param version of the format it was written in
 * @param text the whole of it, as it was given
 */
public record ProviderProfile(
        int version, RemoteAddress endpoint, Credential credential, Optional<Instant> expiresAt, String text) {
    /** What a key service of a cloud takes at once. Profiles in use are a quarter of it. */
    private static final int MOST_BYTES = 4096;

    private static final String BEARER = "bearer_token";
    private static final String OAUTH = "oauth_client_credentials";

    public sealed interface Credential {
        /** Prints nothing of itself. */
        record Bearer(String secret) implements Credential {
            @Override
            public String toString() {
                return "bearer token";
            }
        }

        /** Prints nothing of its secret. */
        record OAuthClient(RemoteAddress tokenEndpoint, String id, String secret, Optional<String> scope)
                implements Credential {
            @Override
            public String toString() {
                return "OAuth client " + id;
            }
        }

        /** What must not turn up in anything that we print. */
        String secret();
    }

    public AuthenticationType type() {
        return credential instanceof Credential.Bearer
                ? AuthenticationType.TOKEN
                : AuthenticationType.OAUTH_CLIENT_CREDENTIALS;
    }

    /** @param text as it stands in the profile file. No message quotes it */
    public static ProviderProfile parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES)
            throw Failure.invalid("recipient_profile_str has %d bytes. Give at most %d.", bytes.length, MOST_BYTES);
        ObjectNode json = json(text);
        int version = json.path("shareCredentialsVersion").asInt(0);
        if (version < 1 || version > 2)
            throw Failure.invalid(
                    "The profile in recipient_profile_str has shareCredentialsVersion %d; 1 and 2 are known.", version);
        RemoteAddress endpoint = RemoteAddress.of("endpoint", required(json, "endpoint"));
        return new ProviderProfile(version, endpoint, credential(json, version), expiry(json), text);
    }

    private static ObjectNode json(String text) {
        try {
            if (Json.MAPPER.readTree(text) instanceof ObjectNode object) return object;
        } catch (JacksonException e) {
            // Told below, and not as the cause: its text quotes the profile, and with it the token.
        }
        throw Failure.invalid("recipient_profile_str is not one JSON object. Give the text of the profile file.");
    }

    private static Credential credential(JsonNode json, int version) {
        String type = version == 1 ? BEARER : json.path("type").asText(BEARER);
        return switch (type) {
            case BEARER -> new Credential.Bearer(required(json, "bearerToken"));
            case OAUTH ->
                new Credential.OAuthClient(
                        RemoteAddress.of("tokenEndpoint", required(json, "tokenEndpoint")),
                        required(json, "clientId"),
                        required(json, "clientSecret"),
                        Optional.ofNullable(json.path("scope").textValue()).filter(scope -> !scope.isBlank()));
            default ->
                throw Failure.unsupported(
                        "The profile in recipient_profile_str is of a type that is not served. Served are %s and %s.",
                        BEARER, OAUTH);
        };
    }

    /** A header cannot carry a line's end, and the client would print what it refuses. */
    private static String required(JsonNode json, String field) {
        String text = json.path(field).textValue();
        if (text == null || text.isBlank())
            throw Failure.invalid("The profile in recipient_profile_str has no text in %s.", field);
        if (text.chars().anyMatch(letter -> letter <= ' ' || letter > '~'))
            throw Failure.invalid(
                    "The %s of the profile in recipient_profile_str has a letter that cannot be sent.", field);
        return text;
    }

    private static Optional<Instant> expiry(JsonNode json) {
        if (!json.hasNonNull("expirationTime")) return Optional.empty();
        try {
            return Optional.of(
                    OffsetDateTime.parse(json.get("expirationTime").asText()).toInstant());
        } catch (DateTimeException e) {
            throw Failure.invalid(
                    "The expirationTime of the profile in recipient_profile_str is not an ISO-8601 time with an offset.");
        }
    }

    void requireType(AuthenticationType wanted) {
        if (wanted != type())
            throw Failure.invalid(
                    "authentication_type is %s, and the profile in recipient_profile_str is for %s. Give those that"
                            + " belong together.",
                    wanted, type());
    }

    /** A profile that has ended would only be refused later, and less clearly. */
    void requireAlive(Instant now) {
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent())
            throw Failure.invalid(
                    "The profile in recipient_profile_str ended at %s. Ask the provider for a new one.",
                    expiresAt.get());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "profile for " + endpoint;
    }
}
