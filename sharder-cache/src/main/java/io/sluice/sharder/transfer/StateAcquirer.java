package io.sluice.sharder.transfer;

import io.sluice.sharder.Slice;

/** The new owner's side. Called for one chunk of a slice after the other, in the provider's order. */
@FunctionalInterface
public interface StateAcquirer {
    /**
     * Takes in a part of the old owner's state. The same chunk may come twice. What was written on this pod meanwhile is
     * newer and must win.
     */
    void apply(Slice slice, StateReading.Chunk chunk);
}
