package io.sluice.sharder.loan;

import java.util.List;

/** What the driver of a lender must do. */
public sealed interface LenderAction {
    /** Ask who is there, once; where that fails, time will tell. */
    record ReadRoll(long taking) implements LenderAction {}

    record Send(Recall recall) implements LenderAction {}

    record Restore(Recall.Over over) implements LenderAction {}

    /** Nobody else reads the key from memory until the write ends. */
    record Proceed(long write) implements LenderAction {}

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link LenderMachine#advance} at the latest
     */
    record Decision(List<LenderAction> actions, long wakeAtNanos) {}
}
