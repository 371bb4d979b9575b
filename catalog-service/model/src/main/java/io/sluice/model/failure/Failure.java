package io.sluice.model.failure;

import org.jspecify.annotations.Nullable;

/**
 * Ends a request. The message names the thing, what was found, what was expected, and the remedy; it is written for
 * the caller and may be sent to them as it is. The cause, if any, is for our own log alone.
 */
public final class Failure extends RuntimeException {
    private final FailureKind kind;
    private final Subject subject;

    private Failure(FailureKind kind, Subject subject, @Nullable Throwable cause, String format, Object... args) {
        super(args.length == 0 ? format : format.formatted(args), cause);
        this.kind = kind;
        this.subject = subject;
    }

    /** What the failure is about, where a wire face has a code of its own for it (TABLE_NOT_FOUND). */
    public enum Subject {
        ANYTHING,
        CATALOG,
        SCHEMA,
        TABLE,
        COMMIT_VERSION,
        UPDATE_REQUIREMENT
    }

    public FailureKind kind() {
        return kind;
    }

    public Subject subject() {
        return subject;
    }

    public static Failure invalid(String format, Object... args) {
        return new Failure(FailureKind.INVALID, Subject.ANYTHING, null, format, args);
    }

    public static Failure notFound(Subject subject, String format, Object... args) {
        return new Failure(FailureKind.NOT_FOUND, subject, null, format, args);
    }

    public static Failure alreadyExists(Subject subject, String format, Object... args) {
        return new Failure(FailureKind.ALREADY_EXISTS, subject, null, format, args);
    }

    public static Failure unauthenticated(String format, Object... args) {
        return new Failure(FailureKind.UNAUTHENTICATED, Subject.ANYTHING, null, format, args);
    }

    public static Failure denied(String format, Object... args) {
        return new Failure(FailureKind.DENIED, Subject.ANYTHING, null, format, args);
    }

    public static Failure conflict(String format, Object... args) {
        return new Failure(FailureKind.CONFLICT, Subject.ANYTHING, null, format, args);
    }

    /** Another commit has that version. */
    public static Failure versionTaken(String format, Object... args) {
        return new Failure(FailureKind.CONFLICT, Subject.COMMIT_VERSION, null, format, args);
    }

    /** What the caller required of the thing before a change does not hold (any more). */
    public static Failure requirementNotMet(String format, Object... args) {
        return new Failure(FailureKind.CONFLICT, Subject.UPDATE_REQUIREMENT, null, format, args);
    }

    public static Failure exhausted(String format, Object... args) {
        return new Failure(FailureKind.EXHAUSTED, Subject.ANYTHING, null, format, args);
    }

    public static Failure keyRevoked(String format, Object... args) {
        return new Failure(FailureKind.KEY_REVOKED, Subject.ANYTHING, null, format, args);
    }

    public static Failure tooLarge(String format, Object... args) {
        return new Failure(FailureKind.TOO_LARGE, Subject.ANYTHING, null, format, args);
    }

    public static Failure unsupported(String format, Object... args) {
        return new Failure(FailureKind.UNSUPPORTED, Subject.ANYTHING, null, format, args);
    }

    public static Failure refusedElsewhere(@Nullable Throwable cause, String format, Object... args) {
        return new Failure(FailureKind.REFUSED_ELSEWHERE, Subject.ANYTHING, cause, format, args);
    }

    public static Failure unavailable(@Nullable Throwable cause, String format, Object... args) {
        return new Failure(FailureKind.UNAVAILABLE, Subject.ANYTHING, cause, format, args);
    }

    public static Failure unknownOutcome(@Nullable Throwable cause, String format, Object... args) {
        return new Failure(FailureKind.UNKNOWN_OUTCOME, Subject.ANYTHING, cause, format, args);
    }
}
