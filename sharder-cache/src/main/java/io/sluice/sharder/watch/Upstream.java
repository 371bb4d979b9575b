package io.sluice.sharder.watch;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.load.Vitals;
import java.util.Optional;

/** What a subscriber says. */
public sealed interface Upstream {
    /** Opens every stream, with what the subscriber holds already. */
    record Hello(Generation known, int knownChecksum) implements Upstream {}

    /**
     * The pod lives and holds the map of generation {@code known}.
     *
     * @param unprepared the oldest generation that asked the pod to prepare for slices, for which it is not prepared
     *     yet; {@link Generation#ZERO} if there is none
     * @param vitals not with every one: a new map is confirmed at once, without waiting for a measurement
     */
    record Heartbeat(Resource pod, long sequence, Generation known, Generation unprepared, Optional<Vitals> vitals)
            implements Upstream {
        public Heartbeat(Resource pod, long sequence, Generation known, Generation unprepared) {
            this(pod, sequence, known, unprepared, Optional.empty());
        }

        public Heartbeat with(Vitals measured) {
            return new Heartbeat(pod, sequence, known, unprepared, Optional.of(measured));
        }
    }

    /** The pod has let go of all it held, has given up its lease, and wants nothing more. */
    record Goodbye(Resource pod) implements Upstream {}

    /** Something was lost; the whole map, please. */
    record SnapshotWanted() implements Upstream {}
}
