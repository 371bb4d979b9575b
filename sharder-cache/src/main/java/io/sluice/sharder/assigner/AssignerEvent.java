package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.store.CommitOutcome;
import io.sluice.sharder.store.Roll;
import io.sluice.sharder.watch.Upstream;

/** What an assigner hears, of pods by their streams and of the store. */
public sealed interface AssignerEvent {
    /** The pod lives. */
    record Heartbeat(Upstream.Heartbeat heard) implements AssignerEvent {}

    /** The pod has let go of all it held and wants nothing more. */
    record Goodbye(Resource pod) implements AssignerEvent {}

    /**
     * The pod's stream ended without a goodbye. That proves nothing about the pod, which serves on while it renews its
     * lease in the store; so nothing is moved for it alone: see {@link Doubts}.
     */
    record StreamBroke(Resource pod) implements AssignerEvent {}

    /** Whoever sees the pods from outside has news of one. */
    record Noticed(PodNotice notice) implements AssignerEvent {}

    /** Answers {@link AssignerAction.ReadRoll}. */
    record RollRead(Roll roll) implements AssignerEvent {}

    /** Answers {@link AssignerAction.ReadRoll} too: the store did not. */
    record RollLost() implements AssignerEvent {}

    /** Answers {@link AssignerAction.Commit}. */
    record Committed(CommitOutcome outcome) implements AssignerEvent {}

    /** Answers {@link AssignerAction.Commit} too: nobody knows whether it happened. */
    record CommitLost() implements AssignerEvent {}

    /** Answers {@link AssignerAction.ReadMap}. */
    record MapRead(Assignment map) implements AssignerEvent {}

    /** Answers {@link AssignerAction.ReadMap} too: the store did not. */
    record MapLost() implements AssignerEvent {}

    /** Answers {@link AssignerAction.Forget} and {@link AssignerAction.Drain}; the roll tells whether it was done. */
    record Noted() implements AssignerEvent {}
}
