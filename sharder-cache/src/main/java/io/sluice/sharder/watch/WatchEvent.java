package io.sluice.sharder.watch;

/** What happens to a watch. */
public sealed interface WatchEvent {
    record Connected() implements WatchEvent {}

    record Received(Downstream message) implements WatchEvent {}

    record Broke() implements WatchEvent {}
}
