package io.sluice.sharder.assigner;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;

/** What an assigner hears of a pod. */
public sealed interface AssignerEvent {
    Resource pod();

    /** The pod lives and holds the map of generation {@code known}. The first one is its wish to join. */
    record Heartbeat(Resource pod, long sequence, Generation known) implements AssignerEvent {}

    /** The pod has let go of all it held and wants nothing more. */
    record Goodbye(Resource pod) implements AssignerEvent {}

    /**
     * The pod's stream ended without a goodbye. That proves nothing about the pod, which may serve until its lease ends
     * and may be back before; so nothing is moved for it.
     */
    record StreamBroke(Resource pod) implements AssignerEvent {}
}
