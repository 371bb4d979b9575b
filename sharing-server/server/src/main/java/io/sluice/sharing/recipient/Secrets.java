package io.sluice.sharing.recipient;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets of 256 random bits. */
final class Secrets {
    /** Lets scanners of repositories and logs recognise a leaked token. */
    private static final String BEARER_PREFIX = "slr_";

    private static final String CLIENT_PREFIX = "slc_";

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    String bearer() {
        return BEARER_PREFIX + text();
    }

    String clientSecret() {
        return CLIENT_PREFIX + text();
    }

    String nonce() {
        return text();
    }

    private String text() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
