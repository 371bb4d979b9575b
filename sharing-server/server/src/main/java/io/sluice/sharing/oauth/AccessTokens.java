package io.sluice.sharing.oauth;

import io.sluice.sharing.internal.SignedTokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Short-lived bearer tokens, kept nowhere: a signature makes them ours, and the client that they name is looked up
 * anew at each use. The body is the end in epoch milliseconds, 8 bytes, and the client's id.
 */
public final class AccessTokens {
    /** Tells them from the tokens of activation links. */
    private static final String PREFIX = "slo_";

    private static final Duration LIFE = Duration.ofHours(1);

    private final SignedTokens tokens;
    private final Clock clock;

    /** @param secret at least 32 random bytes, the same on every pod and after a restart */
    public AccessTokens(byte[] secret, Clock clock) {
        this.tokens = new SignedTokens(secret, "recipient access");
        this.clock = clock;
    }

    record Issued(String token, Duration life) {}

    /** @param latest when the token ends at the latest */
    Issued issue(String clientId, Instant latest) {
        Instant now = clock.instant();
        Instant end = now.plus(LIFE).isBefore(latest) ? now.plus(LIFE) : latest;
        byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(Long.BYTES + id.length);
        body.putLong(end.toEpochMilli()).put(id);
        return new Issued(PREFIX + tokens.issue(body.array()), Duration.between(now, end));
    }

    public static boolean isOne(String bearer) {
        return bearer.startsWith(PREFIX);
    }

    /** The client's id, while the token lives. */
    public Optional<String> open(String bearer) {
        if (!isOne(bearer)) return Optional.empty();
        return tokens.open(bearer.substring(PREFIX.length()))
                .filter(body -> body.length > Long.BYTES)
                .map(ByteBuffer::wrap)
                .filter(body -> clock.millis() < body.getLong())
                .map(body -> StandardCharsets.UTF_8.decode(body).toString());
    }
}
