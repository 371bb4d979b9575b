package io.sluice.crypto.seal;

/** The key's own service cannot be asked and the grace has run out. Nothing was withdrawn: try again later. */
public final class KeyUnavailableException extends RuntimeException {
    public KeyUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
