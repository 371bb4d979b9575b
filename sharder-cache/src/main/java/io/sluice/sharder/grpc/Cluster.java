package io.sluice.sharder.grpc;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Target;

/** What all parts of one cluster have in common. */
public record Cluster(Target target, Transport transport, ClusterSecret secret, LeaseTerms terms) {
    public Cluster(Target target, Transport transport, ClusterSecret secret) {
        this(target, transport, secret, LeaseTerms.STANDARD);
    }
}
