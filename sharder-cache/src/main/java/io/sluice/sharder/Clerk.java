package io.sluice.sharder;

import java.util.Optional;

/**
 * Knows whom to ask. Answers from the newest assignment that has reached this process; assignments arrive beside the
 * requests, never because of one.
 */
public interface Clerk {
    /** The pod that serves the key; empty until the first assignment has arrived. Allocates nothing. */
    default Optional<Resource> lookup(SliceKey key) {
        return assignment().ownerOf(key);
    }

    /** The newest assignment known here. */
    Assignment assignment();
}
