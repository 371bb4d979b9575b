package io.sluice.crypto.seal;

import org.jspecify.annotations.Nullable;

/** The key's own service cannot be asked and the grace has run out. Nothing was withdrawn: try again later. */
public final class KeyUnavailableException extends RuntimeException {
    public KeyUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
