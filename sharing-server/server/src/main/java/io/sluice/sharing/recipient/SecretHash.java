package io.sluice.sharing.recipient;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a random secret. No salt and no stretching: the secrets have 256 bits of entropy, so guessing is hopeless
 * and a look-up by hash stays possible. Such a look-up also leaks nothing by its timing that a guesser could use.
 */
public record SecretHash(String hex) {
    public static SecretHash of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
