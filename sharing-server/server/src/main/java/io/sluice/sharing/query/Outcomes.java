package io.sluice.sharing.query;

/**
 * What a predicate may be for the rows of a file, as far as is known without reading it. SQL's third answer, NULL, is
 * kept apart: neither it nor its negation lets a row through.
 */
record Outcomes(boolean mayBeTrue, boolean mayBeFalse, boolean mayBeNull) {
    static final Outcomes UNKNOWN = new Outcomes(true, true, true);
    static final Outcomes TRUE = new Outcomes(true, false, false);
    static final Outcomes FALSE = new Outcomes(false, true, false);
    static final Outcomes NULL = new Outcomes(false, false, true);

    static Outcomes of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** It holds for every row. */
    boolean isTrueForAll() {
        return equals(TRUE);
    }

    Outcomes orNull(boolean mayBeNullToo) {
        return new Outcomes(mayBeTrue, mayBeFalse, mayBeNull || mayBeNullToo);
    }

    Outcomes not() {
        return new Outcomes(mayBeFalse, mayBeTrue, mayBeNull);
    }

    Outcomes and(Outcomes other) {
        return new Outcomes(
                mayBeTrue && other.mayBeTrue,
                mayBeFalse || other.mayBeFalse,
                mayBeNull && (other.mayBeNull || other.mayBeTrue) || other.mayBeNull && mayBeTrue);
    }

    Outcomes or(Outcomes other) {
        return not().and(other.not()).not();
    }
}
