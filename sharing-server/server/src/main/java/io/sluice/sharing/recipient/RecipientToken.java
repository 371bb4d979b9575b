package io.sluice.sharing.recipient;

import io.sluice.sharing.Authorship;
import java.time.Instant;
import java.util.Optional;

/**
 * A bearer token, or the promise of one: until its activation link is used there is no secret at all.
 *
 * @param hash of the bearer; empty until activation
 * @param isSuperseded a rotation has put another in its place; its end can only come nearer
 */
public record RecipientToken(
        String id,
        RecipientId recipient,
        SecretHash nonce,
        Instant linkExpiresAt,
        Optional<SecretHash> hash,
        Instant expiresAt,
        boolean isSuperseded,
        Authorship authorship) {

    public boolean isActivated() {
        return hash.isPresent();
    }

    public boolean isUsableAt(Instant now) {
        return isActivated() && now.isBefore(expiresAt);
    }

    /** Whether the link still gives a token. */
    boolean isPendingAt(Instant now) {
        return !isActivated() && now.isBefore(linkExpiresAt) && now.isBefore(expiresAt);
    }
}
