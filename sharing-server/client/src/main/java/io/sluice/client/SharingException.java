package io.sluice.client;

import java.io.IOException;

/** The server's answer was no. */
public final class SharingException extends IOException {
    private final int status;
    private final String code;

    SharingException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** HTTP status; 0 when an answer came but broke the protocol. */
    public int status() {
        return status;
    }

    /** The server's {@code errorCode}, for example {@code RESOURCE_DOES_NOT_EXIST}; empty if it sent none. */
    public String code() {
        return code;
    }

    static SharingException brokenProtocol(String format, Object... args) {
        return new SharingException(0, "", format.formatted(args));
    }
}
