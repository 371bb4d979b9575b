package io.sluice.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a provider hands to a recipient. Reads version 1, and version 2 of type {@code bearer_token}.
 *
 * @param endpoint without a slash at the end
 */
public record Profile(URI endpoint, String bearerToken, Optional<Instant> expiresAt) {
    private static final int NEWEST_VERSION = 2;

    public static Profile read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    public static Profile parse(String json) throws IOException {
        JsonNode profile = tree(json);
        int version = profile.path("shareCredentialsVersion").asInt(0);
        if (version < 1 || version > NEWEST_VERSION)
            throw new IOException("The profile has shareCredentialsVersion " + version + "; 1 and 2 are known.");
        String type = profile.path("type").asText("bearer_token");
        if (!type.equals("bearer_token"))
            throw new IOException("The profile is of type " + type + "; only bearer_token is known yet.");
        return new Profile(
                URI.create(required(profile, "endpoint").replaceAll("/+$", "")),
                required(profile, "bearerToken"),
                expiry(profile));
    }

    private static JsonNode tree(String json) throws IOException {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JacksonException e) {
            // Not as the cause: its text quotes the file, and with it the token.
            throw new IOException("The profile is not JSON.");
        }
    }

    private static String required(JsonNode profile, String field) throws IOException {
        if (!profile.path(field).isTextual() || profile.get(field).textValue().isBlank())
            throw new IOException("The profile has no " + field + ".");
        return profile.get(field).textValue();
    }

    private static Optional<Instant> expiry(JsonNode profile) throws IOException {
        if (!profile.hasNonNull("expirationTime")) return Optional.empty();
        try {
            return Optional.of(
                    OffsetDateTime.parse(profile.get("expirationTime").asText()).toInstant());
        } catch (DateTimeException e) {
            throw new IOException("The profile's expirationTime is not an ISO-8601 time with an offset.", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Profile for " + endpoint;
    }
}
