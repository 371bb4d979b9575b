package io.sluice.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server's answer was no, or was none that can be used. */
public final class SharingException extends IOException {
    private final int status;
    private final String code;
    private final boolean isBrokenOff;

    SharingException(int status, String code, String message) {
        this(status, code, message, false, null);
    }

    private SharingException(int status, String code, String message, boolean isBrokenOff, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.isBrokenOff = isBrokenOff;
    }

    /** HTTP status; 0 when an answer came but broke the protocol, or a file cannot be read. */
    public int status() {
        return status;
    }

    /** The server's {@code errorCode}, for example {@code RESOURCE_DOES_NOT_EXIST}; empty if it sent none. */
    public String code() {
        return code;
    }

    /** Whether the answer ended too early, so that asking again may help. */
    boolean isBrokenOff() {
        return isBrokenOff;
    }

    static SharingException brokenOff() {
        return new SharingException(0, "", "The answer ends without the promised last line. Query again.", true, null);
    }

    static SharingException brokenProtocol(String format, Object... args) {
        return new SharingException(0, "", format.formatted(args));
    }

    static SharingException unreadable(String what, Exception cause) {
        return new SharingException(0, "", what + ": " + cause.getMessage(), false, cause);
    }
}
