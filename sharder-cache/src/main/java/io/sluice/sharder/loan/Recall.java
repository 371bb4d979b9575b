package io.sluice.sharder.loan;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;

/**
 * Asks for everything of a slice back, whoever lent it.
 *
 * @param number grows with each recall of a lender
 * @param isForFormerLives whether the borrower must also answer for earlier processes in its place, which it can only
 *     when it has been up for so long that their loans have run out
 */
public record Recall(Resource lender, Resource borrower, long number, Slice slice, boolean isForFormerLives) {
    /**
     * The write is over: the borrower may have the key again, for as long as its loan would have lasted.
     * After a later recall this means nothing.
     */
    public record Over(Recall recall, SliceKey key) {}
}
