package io.sluice.model.failure;

/** Failures by what the caller may do next. Each wire face maps the kinds to its own codes. */
public enum FailureKind {
    /** Correct the request. */
    INVALID,
    /** Name something that exists, or that you may see. */
    NOT_FOUND,
    /** Pick another name, or use what is there. */
    ALREADY_EXISTS,
    /** Show who you are. */
    UNAUTHENTICATED,
    /** Ask the owner for a grant. */
    DENIED,
    /** Read again and retry. */
    CONFLICT,
    /** Finish what is under way, then retry. */
    EXHAUSTED,
    /** Ask the owner of the key; retrying is pointless. */
    KEY_REVOKED,
    /** Send less. */
    TOO_LARGE,
    /** Use another call: this one is not served. */
    UNSUPPORTED,
    /** Ask the people of another server, which refused; asking it again is pointless. */
    REFUSED_ELSEWHERE,
    /** Retry later; nothing was done. */
    UNAVAILABLE,
    /** Look before retrying; delete nothing. */
    UNKNOWN_OUTCOME
}
