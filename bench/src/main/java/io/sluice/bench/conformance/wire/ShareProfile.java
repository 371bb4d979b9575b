package io.sluice.bench.conformance.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the server is and by what token it knows us.
 *
 * @param endpoint without a slash at its end
 */
public record ShareProfile(String endpoint, String token) {
    public static ShareProfile read(Path file) throws IOException {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(Files.readString(file));
        } catch (JacksonException e) {
            // Not as the cause: its text quotes the file, and with it the token.
            throw new IOException("The profile " + file + " is not JSON.");
        }
        String type = json.path("type").asText("bearer_token");
        if (!type.equals("bearer_token"))
            throw new IOException("The profile is of type " + type + ". Give one with a bearer token.");
        return new ShareProfile(required(json, "endpoint").replaceAll("/+$", ""), required(json, "bearerToken"));
    }

    private static String required(JsonNode json, String field) throws IOException {
        String text = json.path(field).asText();
        if (text.isBlank()) throw new IOException("The profile has no " + field + ".");
        return text;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "profile for " + endpoint;
    }
}
