package io.sluice.sharing.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of texts in UTF-8. */
public final class Digests {
    private Digests() {}

    /** As lower-case hex. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(begin("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param algorithm one that every Java platform has */
    public static MessageDigest begin(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
