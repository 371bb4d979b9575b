package io.sluice.sharder.watch;

import io.sluice.sharder.Assignment;

/** What the driver of a watch must do. */
public sealed interface WatchAction {
    /** Open a stream; answered by {@link WatchEvent.Connected} or {@link WatchEvent.Broke}. */
    record Connect() implements WatchAction {}

    /** Give the stream up. No event answers it. */
    record Disconnect() implements WatchAction {}

    record Send(Upstream message) implements WatchAction {}

    /** A newer assignment is in force. */
    record Adopted(Assignment before, Assignment after) implements WatchAction {}
}
