package io.sluice.sharder.transfer;

/** What happens to a transfer. Answers name the question, so that one which was given up is not taken for another. */
public sealed interface TransferEvent {
    /** The provider is ready to be pulled from. */
    record Prepared(long question, Cursor start) implements TransferEvent {}

    /** The provider answered a pull. */
    record Read(long question, StateReading reading) implements TransferEvent {}

    /** The provider cannot be reached, or not now. */
    record Broke(long question, String why) implements TransferEvent {}

    /** It cannot be done, and asking again is pointless. */
    record Refused(String why) implements TransferEvent {}

    /** The provider accepts no more writes: what it holds from now on is final. */
    record CutOver() implements TransferEvent {}

    /** Something more urgent wants the network or the processor. */
    record Paused() implements TransferEvent {}

    record Resumed() implements TransferEvent {}

    /** The slice is not to be ours any more. */
    record Abandoned() implements TransferEvent {}
}
