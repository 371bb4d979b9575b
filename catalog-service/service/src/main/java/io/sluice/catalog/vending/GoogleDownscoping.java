package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.vending.StorageIdentity.GoogleServiceAccount;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Tokens for Google's storage: we sign an assertion as the service account, exchange it for the account's own token,
 * and that one for a token which an access boundary confines. The account's own token never leaves this class.
 */
final class GoogleDownscoping {
    /** What the boundary then narrows. Google confines only tokens of this scope or of storage's. */
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Duration LIFE = Duration.ofHours(1);

    private final CloudHttp tokens = new CloudHttp("Google's token service");
    private final CloudHttp exchange = new CloudHttp("Google's token exchange");
    private final CloudEndpoints endpoints;
    private final SecretFolder secrets;
    private final Clock clock;

    GoogleDownscoping(CloudEndpoints endpoints, SecretFolder secrets, Clock clock) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.clock = clock;
    }

    private record Token(String text, Instant expires) {
        static Token of(JsonNode told, Instant now, Instant latest) {
            JsonNode lifeSeconds = told.path("expires_in");
            Instant expires = lifeSeconds.canConvertToInt() ? now.plusSeconds(lifeSeconds.asInt()) : latest;
            return new Token(told.path("access_token").asText(), expires.isBefore(latest) ? expires : latest);
        }

        @Override
        public String toString() {
            return "Token[until " + expires + "]";
        }
    }

    VendedCredentials.GoogleToken vend(GoogleServiceAccount account, Access access, CloudFolder folder) {
        // Before anything is asked for: a folder that cannot be confined gets nothing.
        String boundary = AccessBoundary.of(access, folder);
        Instant now = clock.instant();
        Token confined = confined(account, own(account, now), boundary, now);
        return new VendedCredentials.GoogleToken(folder.text(), confined.text(), confined.expires());
    }

    private Token own(GoogleServiceAccount account, Instant now) {
        String address = endpoints.googleToken().toString();
        ServiceAccountKey key = ServiceAccountKey.read(account.email(), secrets.read(account.email()));
        CloudHttp.Answer answer = tokens.postForm(
                address,
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion",
                        key.assertion(SCOPE, address, now)));
        if (answer.isRefusal())
            throw Failure.denied(
                    "Google does not accept the key of service account %s (%s). Check that the account and the key are"
                            + " enabled, and this server's clock.",
                    account.email(), answer.reason());
        return Token.of(tokens.token(answer), now, now.plus(LIFE));
    }

    private Token confined(GoogleServiceAccount account, Token own, String boundary, Instant now) {
        CloudHttp.Answer answer = exchange.postForm(
                endpoints.googleExchange().toString(),
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "requested_token_type", ACCESS_TOKEN,
                        "subject_token_type", ACCESS_TOKEN,
                        "subject_token", own.text(),
                        "options", boundary));
        if (answer.isRefusal())
            throw Failure.denied(
                    "Google does not confine the token of service account %s (%s). Check that the bucket exists, has"
                            + " uniform bucket-level access, and that the account has a role on it.",
                    account.email(), answer.reason());
        // A confined token lives no longer than the one it was made from, and need not say how long.
        return Token.of(exchange.token(answer), now, own.expires());
    }
}
