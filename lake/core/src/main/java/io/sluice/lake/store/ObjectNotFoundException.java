package io.sluice.lake.store;

import java.io.IOException;

/** There is no object of that name. */
public final class ObjectNotFoundException extends IOException {
    public ObjectNotFoundException(String message) {
        super(message);
    }

    public ObjectNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
