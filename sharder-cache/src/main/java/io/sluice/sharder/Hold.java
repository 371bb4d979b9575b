package io.sluice.sharder;

/** How firmly the owner of a slice has it in hand. */
public sealed interface Hold {
    /** The owner may serve while its lease lasts. */
    record Firm() implements Hold {}

    /**
     * The owner serves on, and {@code successor} gathers what it needs to take over.
     *
     * @param asked the generation that asked it to
     */
    record HandingOver(Resource successor, Generation asked) implements Hold {}

    /**
     * Requests go to the owner already, but it may not serve yet: {@code former} may still be serving.
     *
     * @param taken the generation that took the slice from {@code former}
     */
    record Awaiting(Resource former, Generation taken) implements Hold {}

    Hold FIRM = new Firm();

    /** Whether the owner may serve. */
    default boolean isServed() {
        return !(this instanceof Awaiting);
    }

    /** Whether the next step is this pod's: to let go, or to be prepared. */
    default boolean waitsFor(Resource pod) {
        if (this instanceof Awaiting awaiting) return awaiting.former().equals(pod);
        return this instanceof HandingOver handing && handing.successor().equals(pod);
    }
}
