package io.sluice.sharder.transfer;

/** What the driver of a transfer must do, in the order given. */
public sealed interface TransferAction {
    record Prepare(long question) implements TransferAction {}

    record Pull(long question, Cursor cursor, int mostBytes) implements TransferAction {}

    record Apply(StateReading.Chunk chunk) implements TransferAction {}

    /** Tell whoever waits: this pod now holds all that the provider held a moment ago. Comes at most once. */
    record TellCaughtUp() implements TransferAction {}

    /** Let the provider drop what it keeps for this transfer. Not repeated should it fail. */
    record Release(Cursor cursor) implements TransferAction {}

    /** The last one. */
    record End(TransferResult result) implements TransferAction {}
}
