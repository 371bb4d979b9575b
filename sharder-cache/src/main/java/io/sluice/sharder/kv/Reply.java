package io.sluice.sharder.kv;

/** What a pod answers. */
public sealed interface Reply {
    record Found(Stored stored) implements Reply {}

    record Missing() implements Reply {}

    record Done() implements Reply {}

    /** The pod does not own the key or cannot be reached: nothing is known of the key, and nothing was done. */
    record NotServed() implements Reply {}
}
