package io.sluice.lake.store;

import java.time.Instant;

/** A bearer token. Prints no secret. */
public record AccessToken(String value, Instant expiresAt) {
    @Override
    public String toString() {
        return "AccessToken[" + value.length() + " characters, until " + expiresAt + "]";
    }
}
