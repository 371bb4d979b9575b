package io.sluice.sharing.query;

/** What is known, from a file's partition values alone, of a predicate over the file's rows. */
enum Truth {
    /** It holds for every row. */
    TRUE,
    /** It holds for no row. */
    FALSE,
    /** Not known, or not known here; such a file must stay in the answer. */
    UNKNOWN;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth not() {
        return this == UNKNOWN ? UNKNOWN : of(this == FALSE);
    }

    Truth and(Truth other) {
        if (this == FALSE || other == FALSE) return FALSE;
        return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    Truth or(Truth other) {
        return not().and(other.not()).not();
    }
}
