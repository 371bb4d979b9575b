package io.sluice.sharder.balance;

/** What a call says about the pod that took it. */
public enum Outcome {
    /** The pod answered; a refusal for good reasons is an answer, too. */
    ANSWERED,
    /** The pod is to blame: it could not be reached, broke, or let the deadline pass. */
    FAILED,
    /** Nothing can be learned, because the caller itself gave up. */
    ABANDONED
}
