package io.sluice.sharder.grpc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What all pods of one cluster know and nobody else: whoever could pass as a pod could make itself the owner of slices.
 * Compared in constant time; prints nothing of itself.
 */
public final class ClusterSecret {
    // As many bits as the shortest key anyone should still accept.
    static final int FEWEST_CHARACTERS = 16;

    private final String text;

    private ClusterSecret(String text) {
        this.text = text;
    }

    /** Requires at least 16 characters of printable ASCII, for it travels in a header. */
    public static ClusterSecret of(String text) {
        if (text.length() < FEWEST_CHARACTERS)
            throw new IllegalArgumentException("the cluster secret has " + text.length() + " characters. Use at least "
                    + FEWEST_CHARACTERS + " random ones, the same on all pods.");
        if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            throw new IllegalArgumentException(
                    "the cluster secret holds characters other than printable ASCII. Write it in hex or base 64.");
        return new ClusterSecret(text);
    }

    /** For a cluster that lives in one process. */
    public static ClusterSecret random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new ClusterSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    boolean matches(String presented) {
        // Digests first: they hide the length, too.
        return MessageDigest.isEqual(digest(text), digest(presented));
    }

    String expose() {
        return text;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "cluster secret of " + text.length() + " characters";
    }
}
