package io.sluice.sharing.recipient;

import io.sluice.sharing.internal.Digests;

/**
 * SHA-256 of a random secret. No salt and no stretching: the secrets have 256 bits of entropy, so guessing is hopeless
 * and a look-up by hash stays possible. Such a look-up also leaks nothing by its timing that a guesser could use.
 */
public record SecretHash(String hex) {
    public static SecretHash of(String secret) {
        return new SecretHash(Digests.sha256(secret));
    }
}
