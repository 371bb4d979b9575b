package io.sluice.lake.delta;

import java.io.IOException;

/** The store gives the log, but there is no sense in it. Reading it again will not help. */
final class UnreadableLogException extends IOException {
    UnreadableLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
