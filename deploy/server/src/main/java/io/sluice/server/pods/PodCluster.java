package io.sluice.server.pods;

import io.sluice.catalog.store.Database;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.grpc.Assigner;
import io.sluice.sharder.grpc.Cluster;
import io.sluice.sharder.grpc.Transport;
import io.sluice.sharder.store.JdbcShardStore;
import io.sluice.sharder.store.ShardStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The pods of one target, which meet in the metadata store. */
final class PodCluster {
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(ShardStore.PATIENCE_SECONDS);

    private PodCluster() {}

    /** @param connections to the store, which nobody else takes */
    static Cluster of(
            Target target, Consistency consistency, SluiceConfig.Pod pod, Database database, int connections) {
        return new Cluster(
                target,
                consistency,
                Transport.NETWORK,
                PodSecret.read(pod).ofCluster(),
                new JdbcShardStore(database.apart(connections, STORE_PATIENCE), target, Clock.systemUTC()));
    }

    /** Empty where this process may not be one. */
    static Optional<Assigner> assigner(Cluster cluster, SluiceConfig.Pod pod, Resource self, String listen) {
        if (!pod.mayAssign()) return Optional.empty();
        try {
            return Optional.of(Assigner.start(cluster, self, listen, PodProfile.lookout(pod)));
        } catch (IOException e) {
            throw new UncheckedIOException("the assigner cannot listen on " + listen, e);
        }
    }
}
