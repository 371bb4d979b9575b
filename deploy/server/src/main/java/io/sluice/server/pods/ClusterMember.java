package io.sluice.server.pods;

import io.sluice.catalog.store.Database;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.grpc.Assigner;
import io.sluice.sharder.grpc.Cluster;
import io.sluice.sharder.grpc.SinglePod;
import io.sluice.sharder.grpc.Slicelet;
import io.sluice.sharder.grpc.SliceletListener;
import io.sluice.sharder.store.ShardStore;
import java.time.Duration;
import java.util.Optional;

/**
 * This process among the pods of its target.
 *
 * @param assigner empty where this process may not be one
 * @param store where several pods meet; empty for a process that is a cluster of its own
 */
record ClusterMember(Slicelet slicelet, Optional<Assigner> assigner, Optional<ShardStore> store)
        implements AutoCloseable {
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(3);
    /** One to renew the lease, one for the assigner, one for operators and for who asks who is there. */
    private static final int LEASE_CONNECTIONS = 3;

    /** A pod of several takes part only once it is told to join. */
    static ClusterMember start(
            Target target, Database database, SluiceConfig.Pod pod, Resource self, SliceletListener listener) {
        if (pod.listen().isEmpty()) {
            SinglePod single = SinglePod.start(target, self, listener);
            return new ClusterMember(single.slicelet(), Optional.of(single.assigner()), Optional.empty());
        }
        Cluster cluster = PodCluster.of(target, Consistency.LINEARIZABLE, pod, database, LEASE_CONNECTIONS);
        return new ClusterMember(
                Slicelet.apart(cluster, self, PodProfile.traits(pod), listener),
                PodCluster.assigner(cluster, pod, self, pod.listen().get()),
                Optional.of(cluster.store()));
    }

    @Override
    public void close() {
        slicelet.stop(LEAVE_PATIENCE);
        slicelet.close();
        assigner.ifPresent(Assigner::close);
    }
}
