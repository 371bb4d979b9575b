package io.sluice.sharing.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts that only this server can make: base64url, without padding, of a body and 32 bytes of HMAC-SHA256 over its kind
 * and itself. They are authentic, not secret. Only the one canonical spelling is accepted, so no two texts are the same
 * token, and a token of one kind is none of another. Safe for many threads.
 */
public final class SignedTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int MIN_SECRET_BYTES = 32;

    /** Longer than any body of ours; keeps hashing of nonsense cheap. */
    private static final int MAX_TOKEN_LENGTH = 16 * 1024;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec secret;
    private final byte[] kind;

    /** @param secret at least 32 random bytes, the same on every pod and after a restart */
    public SignedTokens(byte[] secret, String kind) {
        if (secret.length < MIN_SECRET_BYTES)
            throw new IllegalArgumentException(
                    "the secret of tokens has " + secret.length + " bytes; it needs " + MIN_SECRET_BYTES);
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        this.kind = (kind + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    public String issue(byte[] body) {
        byte[] token = Arrays.copyOf(body, body.length + MAC_BYTES);
        System.arraycopy(mac(body), 0, token, body.length, MAC_BYTES);
        return ENCODER.encodeToString(token);
    }

    /** The body as it was issued; empty for anything else. */
    public Optional<byte[]> open(String token) {
        return decode(token).flatMap(bytes -> {
            byte[] body = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
            byte[] mac = Arrays.copyOfRange(bytes, bytes.length - MAC_BYTES, bytes.length);
            return MessageDigest.isEqual(mac, mac(body)) ? Optional.of(body) : Optional.empty();
        });
    }

    private static Optional<byte[]> decode(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) return Optional.empty();
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            // The decoder ignores the unused bits of the last character and accepts padding; we do not.
            boolean canonical = ENCODER.encodeToString(bytes).equals(token);
            return canonical && bytes.length > MAC_BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(kind);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
