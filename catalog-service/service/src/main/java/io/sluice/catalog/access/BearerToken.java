package io.sluice.catalog.access;

import io.sluice.catalog.record.TokenRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An opaque secret with a prefix that secret scanners can find. Only its digest is ever stored; 256 random bits need
 * no slow hash.
 */
public final class BearerToken {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(BearerToken::sha256);

    private BearerToken() {}

    public static String random(TokenRecord.Kind kind) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return prefix(kind) + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static String prefix(TokenRecord.Kind kind) {
        return switch (kind) {
            case PERSONAL -> "sluice_pat_";
            case SECRET -> "sluice_sps_";
            case SESSION -> "sluice_ses_";
        };
    }

    public static String digest(String token) {
        return HexFormat.of().formatHex(SHA_256.get().digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
