package io.sluice.sharder.grpc;

import io.sluice.sharder.Clerk;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.store.MemoryShardStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * A cluster of one pod in one process: an assigner, a slicelet and a clerk, talking without sockets and keeping their
 * leases in memory. They are the real ones; only transport and store differ.
 */
public record SinglePod(Assigner assigner, Slicelet slicelet, Clerk clerk) implements AutoCloseable {
    /** Returns at once; {@link Slicelet#ready} is done a few milliseconds later. */
    public static SinglePod start(Target target, Resource self, SliceletListener listener) {
        Cluster cluster = new Cluster(
                target,
                Consistency.LINEARIZABLE,
                Transport.IN_PROCESS,
                ClusterSecret.random(),
                // Guards of former processes stand in the database: the generations of this one must outrank them.
                new MemoryShardStore(self.incarnation()));
        try {
            Assigner assigner = Assigner.start(cluster, self, "assigner-" + UUID.randomUUID());
            Slicelet slicelet = Slicelet.start(cluster, self, PodTraits.ORDINARY, listener);
            return new SinglePod(assigner, slicelet, slicelet.clerk());
        } catch (IOException e) {
            throw new UncheckedIOException("a server without a socket could not start", e);
        }
    }

    @Override
    public void close() {
        slicelet.close();
        assigner.close();
    }
}
