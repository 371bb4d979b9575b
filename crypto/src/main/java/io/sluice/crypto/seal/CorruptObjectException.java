package io.sluice.crypto.seal;

import java.io.IOException;

/** Sealed bytes that are not what was sealed: altered, cut short, moved, or sealed under another key. */
public final class CorruptObjectException extends IOException {
    public CorruptObjectException(String message) {
        super(message);
    }

    public CorruptObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
