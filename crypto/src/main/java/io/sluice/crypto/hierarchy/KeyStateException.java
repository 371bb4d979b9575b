package io.sluice.crypto.hierarchy;

/** The scope is in a state in which this cannot be done, or somebody changed it at the same time. */
public final class KeyStateException extends RuntimeException {
    KeyStateException(String message) {
        super(message);
    }
}
