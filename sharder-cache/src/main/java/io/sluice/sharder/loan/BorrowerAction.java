package io.sluice.sharder.loan;

import io.sluice.sharder.Resource;
import java.util.List;

/** What the driver of a borrower must do. */
public sealed interface BorrowerAction {
    /** @param ask to be named with the answer */
    record Ask(Resource lender, long ask, Borrow borrow) implements BorrowerAction {}

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link BorrowerMachine#advance} at the latest
     */
    record Decision(List<BorrowerAction> actions, long wakeAtNanos) {}
}
