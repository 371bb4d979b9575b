package io.sluice.lake.store;

import java.io.IOException;

/** The store refuses: credentials, policy, or a key of its own. */
public final class StoreDeniedException extends IOException {
    public StoreDeniedException(String message) {
        super(message);
    }

    public StoreDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
