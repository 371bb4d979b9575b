package io.sluice.sharder.grpc;

import io.sluice.sharder.Clerk;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.assigner.Predecessors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * A cluster of one pod in one process: an assigner, a slicelet and a clerk, talking without sockets. They are the real
 * ones; only the transport differs.
 */
public record SinglePod(Assigner assigner, Slicelet slicelet, Clerk clerk) implements AutoCloseable {
    /** Returns at once; {@link Slicelet#ready} is done a few milliseconds later. */
    public static SinglePod start(Target target, Resource self, SliceletListener listener) {
        Cluster cluster = new Cluster(target, Transport.IN_PROCESS, ClusterSecret.random());
        try {
            // A former process of this pod had an assigner of its own, and both ended together.
            Assigner assigner = Assigner.start(cluster, "assigner-" + UUID.randomUUID(), Predecessors.NONE);
            Slicelet slicelet = Slicelet.start(cluster, self, assigner.address(), listener);
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
