package io.sluice.sharing.files;

import io.sluice.model.failure.Failure;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns grants into tokens that fit into a URL, and back. A token is base64url (no padding) of
 *
 * <pre>
 *   body    version, then the fields: see {@link GrantCodec}
 *   mac     32 bytes, HMAC-SHA256 of the body
 * </pre>
 *
 * It is authentic, not secret: who decodes it sees where the file lies, as in a presigned URL. Only the one canonical
 * spelling is accepted, so no two texts are the same token. Safe for many threads.
 */
public final class FileTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int MIN_SECRET_BYTES = 32;

    /** Longer than any grant; keeps hashing of nonsense cheap. */
    private static final int MAX_TOKEN_LENGTH = 16 * 1024;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec secret;

    /** @param secret at least 32 random bytes, the same on every pod and after a restart */
    public FileTokens(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES)
            throw new IllegalArgumentException(
                    "the secret of file tokens has " + secret.length + " bytes; it needs " + MIN_SECRET_BYTES);
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    String issue(FileGrant grant) {
        byte[] body = GrantCodec.encode(grant);
        byte[] token = Arrays.copyOf(body, body.length + MAC_BYTES);
        System.arraycopy(mac(body), 0, token, body.length, MAC_BYTES);
        return ENCODER.encodeToString(token);
    }

    /** The grant as it was issued; it may have expired since. Throws a {@code Failure} (denied) for anything else. */
    FileGrant verify(String token) {
        byte[] bytes = decode(token).orElseThrow(FileTokens::forged);
        byte[] body = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, bytes.length - MAC_BYTES, bytes.length);
        if (!MessageDigest.isEqual(mac, mac(body))) throw forged();
        return GrantCodec.decode(body);
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
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static Failure forged() {
        return Failure.denied(
                "This file URL is not one of ours, or was altered. Query the table again for fresh URLs.");
    }
}
