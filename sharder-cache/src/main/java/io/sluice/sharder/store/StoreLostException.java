package io.sluice.sharder.store;

/** The store did not answer. What was asked of it may have happened, or may happen later. */
public final class StoreLostException extends RuntimeException {
    public StoreLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
