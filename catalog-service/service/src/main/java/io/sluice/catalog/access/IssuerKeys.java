package io.sluice.catalog.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/** The public keys of one issuer, fetched when they are first needed and again when a token names one not seen yet. */
final class IssuerKeys {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(3).toMillis();
    private static final int MOST_BYTES = 1 << 20;
    /** Tokens that name keys which do not exist must not make us ask the issuer at each of them. */
    private static final Duration PAUSE_BETWEEN_REFRESHES = Duration.ofSeconds(5);

    private static final Duration KEPT_WHILE_UNREACHABLE = Duration.ofHours(1);

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String issuer;
    private final Optional<URI> given;
    private final Get http = bounded();
    private @Nullable VerificationKeyResolver resolver;

    /** @param given where the keys are; empty asks the discovery document */
    IssuerKeys(String issuer, Optional<URI> given) {
        this.issuer = issuer;
        this.given = given;
    }

    synchronized VerificationKeyResolver resolver() {
        VerificationKeyResolver known = resolver;
        if (known != null) return known;
        HttpsJwks keys = new HttpsJwks(given.map(URI::toString).orElseGet(this::discovered));
        keys.setSimpleHttpGet(http);
        keys.setRefreshReprieveThreshold(PAUSE_BETWEEN_REFRESHES.toMillis());
        keys.setRetainCacheOnErrorDuration(KEPT_WHILE_UNREACHABLE.toSeconds());
        VerificationKeyResolver made = new HttpsJwksVerificationKeyResolver(keys);
        resolver = made;
        return made;
    }

    private String discovered() {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        try {
            JsonNode document = JSON.readTree(
                    http.get(base + ".well-known/openid-configuration").getBody());
            // A document of another issuer would let that one sign in everybody.
            if (!document.path("issuer").asText().equals(issuer))
                throw Failure.unavailable(null, "The discovery document of issuer %s names another issuer.", issuer);
            String keys = document.path("jwks_uri").asText();
            if (keys.isEmpty())
                throw Failure.unavailable(null, "The discovery document of issuer %s names no jwks_uri.", issuer);
            return requireEncrypted(keys);
        } catch (IOException e) {
            throw Failure.unavailable(e, "The issuer %s cannot be reached. Try again.", issuer);
        }
    }

    /** Whoever can change the keys on their way can sign in as anybody; nobody is on the way within one machine. */
    private String requireEncrypted(String keys) {
        try {
            URI uri = URI.create(keys);
            boolean isWithin = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
            if ("https".equals(uri.getScheme()) || isWithin) return keys;
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw Failure.unavailable(
                null, "The discovery document of issuer %s names keys that are not at an https:// URL.", issuer);
    }

    private static Get bounded() {
        Get get = new Get();
        get.setConnectTimeout(PATIENCE_MILLIS);
        get.setReadTimeout(PATIENCE_MILLIS);
        get.setRetries(1);
        get.setResponseBodySizeLimit(MOST_BYTES);
        return get;
    }
}
