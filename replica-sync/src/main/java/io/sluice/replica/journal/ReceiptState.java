package io.sluice.replica.journal;

/** How far a receipt is. */
public enum ReceiptState {
    /** Its commit is about to be tried, or was, with an unknown outcome. */
    PREPARED,
    /** Its commit is in the target's log. */
    LANDED,
    /** And the ledger has it. */
    DELIVERED,
    /** Another commit took the version; what it claimed is open again. */
    LOST
}
