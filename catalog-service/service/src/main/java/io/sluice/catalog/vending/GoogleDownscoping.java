package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final String TOKENS = "Google's token service";
    private static final String EXCHANGE = "Google's token exchange";

    private final CloudEndpoints endpoints;
    private final CloudHttp http;
    private final Clock clock;

    GoogleDownscoping(CloudEndpoints endpoints, CloudHttp http, Clock clock) {
        this.endpoints = endpoints;
        this.http = http;
        this.clock = clock;
    }

    private record Token(String text, Instant expires) {
        @Override
        public String toString() {
            return "Token[until " + expires + "]";
        }
    }

    VendedCredentials.GcpToken vend(GcpServiceAccount account, Folder folder, Access access) {
        // Before anything is asked for: a folder that cannot be confined gets nothing.
        String boundary = AccessBoundary.of(access, folder);
        Instant now = clock.instant();
        Token own = own(account, now);
        Token confined = confined(account, own, boundary, now);
        return new VendedCredentials.GcpToken(folder.text(), confined.text(), confined.expires());
    }

    private Token own(GcpServiceAccount account, Instant now) {
        CloudHttp.Answer answer = http.postForm(
                TOKENS,
                account.tokenUri(),
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion", SignedAssertion.of(account, SCOPE, now)));
        if (answer.isRefusal())
            throw Failure.denied(
                    "Google does not accept the key %s of service account %s (%s). Check that the account and the key are"
                            + " enabled, and this server's clock.",
                    account.privateKeyId(), account.email(), answer.errorCode());
        return token(TOKENS, answer, now, now.plus(LIFE));
    }

    private Token confined(GcpServiceAccount account, Token own, String boundary, Instant now) {
        CloudHttp.Answer answer = http.postForm(
                EXCHANGE,
                endpoints.googleSts(),
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
                    account.email(), answer.errorCode());
        // A confined token lives no longer than the one it was made from, and need not say how long.
        return token(EXCHANGE, answer, now, own.expires());
    }

    private static Token token(String service, CloudHttp.Answer answer, Instant now, Instant latest) {
        JsonNode json = answer.json();
        String text = json.path("access_token").asText();
        if (text.isEmpty()) throw CloudHttp.notUnderstood(service);
        Instant told = json.path("expires_in").canConvertToInt()
                ? now.plusSeconds(json.path("expires_in").asInt())
                : latest;
        return new Token(text, told.isBefore(latest) ? told : latest);
    }
}
