package io.sluice.sharder.grpc;

import io.sluice.sharder.Consistency;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Target;
import io.sluice.sharder.store.ShardStore;

/** What all parts of one cluster have in common. */
public record Cluster(
        Target target,
        Consistency consistency,
        Transport transport,
        ClusterSecret secret,
        ShardStore store,
        LeaseTerms terms) {
    public Cluster(
            Target target, Consistency consistency, Transport transport, ClusterSecret secret, ShardStore store) {
        this(target, consistency, transport, secret, store, LeaseTerms.STANDARD);
    }
}
