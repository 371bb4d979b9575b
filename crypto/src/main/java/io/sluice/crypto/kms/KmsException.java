package io.sluice.crypto.kms;

/** A key service did not do what it was asked. The kind alone decides what happens next. */
public final class KmsException extends RuntimeException {
    private final Kind kind;

    public KmsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public KmsException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public enum Kind {
        /** The customer does not allow it (any more): cut at once. */
        DENIED,
        /** Nobody knows: keep what is leased for a bounded grace. */
        UNREACHABLE,
        /** What was stored is not what was wrapped: quarantine, do not retry. */
        CORRUPT
    }
}
