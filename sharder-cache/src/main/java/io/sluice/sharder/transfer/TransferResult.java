package io.sluice.sharder.transfer;

/** How a transfer ended. */
public sealed interface TransferResult {
    long bytes();

    /** Everything is here. */
    record Complete(long bytes) implements TransferResult {}

    /** Only a part is here; what is missing must be fetched from where it came from in the first place. */
    record GaveUp(String why, long bytes) implements TransferResult {}

    /** Nobody wanted it any more. */
    record Abandoned(long bytes) implements TransferResult {}
}
