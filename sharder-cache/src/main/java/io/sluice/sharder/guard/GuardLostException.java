package io.sluice.sharder.guard;

import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;

/**
 * This pod no longer owns the key, or has never installed its guard. The transaction must be rolled back; nothing of it
 * may commit.
 */
public final class GuardLostException extends RuntimeException {
    GuardLostException(Target target, SliceKey key, Guard guard, String found) {
        super("the write to key " + key + " of target " + target + " is fenced: its guard is " + guard + ", but "
                + found + ". Nothing was written. Ask the present owner, or install a new guard if that is this pod.");
    }
}
