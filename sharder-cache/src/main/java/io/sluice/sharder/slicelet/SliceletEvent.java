package io.sluice.sharder.slicelet;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.store.Renewal;
import io.sluice.sharder.watch.WatchEvent;

/** What happens to a slicelet. */
public sealed interface SliceletEvent {
    record Watched(WatchEvent event) implements SliceletEvent {}

    /** Answers {@link SliceletAction.Renew}. */
    record RenewalAnswered(Renewal renewal) implements SliceletEvent {}

    /** Answers {@link SliceletAction.Renew} too: the store did not. */
    record RenewalLost() implements SliceletEvent {}

    /** Answers {@link SliceletAction.ReadMap}. */
    record MapRead(Assignment map) implements SliceletEvent {}

    /** Answers {@link SliceletAction.ReadMap} too: the store did not. */
    record MapLost() implements SliceletEvent {}

    /** Answers {@link SliceletAction.Leave}. If the store did not hear it, the lease runs out by itself. */
    record Gone() implements SliceletEvent {}

    /** What the generation {@code asked} to prepare for is prepared for. */
    record Prepared(Generation asked) implements SliceletEvent {}
}
