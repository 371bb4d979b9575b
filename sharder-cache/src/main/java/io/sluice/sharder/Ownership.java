package io.sluice.sharder;

/** What this pod may serve at this very moment. Answers from memory: no lock, no allocation, no message. */
public interface Ownership {
    Answer owns(SliceKey key);

    /** Each answer asks something else of the caller. */
    enum Answer {
        /** Serve: nobody else can own the key while this pod's lease lasts. */
        OWNED,
        /** Forward: the map names another pod. */
        NOT_OWNED,
        /**
         * Wait or refuse: the key would be ours, but that cannot be proven now. The lease ran out, a former owner has
         * not let go, or no assignment has arrived yet.
         */
        UNKNOWN
    }
}
