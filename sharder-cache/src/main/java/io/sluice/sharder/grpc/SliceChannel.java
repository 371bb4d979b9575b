package io.sluice.sharder.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.NameResolver;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.balance.Balancer;
import io.sluice.sharder.balance.Candidate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A channel to all pods of a target. A call with a {@link #KEY} goes to the pod that serves the key, as the clerk knows
 * it, and to any other pod while that one cannot be reached, for each pod can forward; a call without one goes to
 * whichever pod the balancer likes best.
 */
public final class SliceChannel {
    /** The name of the load-balancing policy, as gRPC registers it. */
    public static final String POLICY = "sluice_slice";

    /** Which key a call is about: {@code stub.withOption(SliceChannel.KEY, key)}. */
    public static final CallOptions.Key<SliceKey> KEY = CallOptions.Key.create("sluice-slice-key");

    /** The same for those who can only set headers: the key in 16 hex digits. */
    public static final Metadata.Key<String> HEADER =
            Metadata.Key.of("sluice-slice-key", Metadata.ASCII_STRING_MARSHALLER);

    static final String SCHEME = "sluice";
    static final NameResolver.Args.Key<Route> ROUTE = NameResolver.Args.Key.create("sluice-route");

    private SliceChannel() {}

    /** Which pods may take a call about a key: its owner, or all that hold a copy of its slice. */
    @FunctionalInterface
    public interface Takers {
        /** For calls that change something. */
        Takers OWNER = (assignment, key) -> assignment.ownerOf(key).stream().toList();

        /** For calls that read: the pods that hold a copy of the slice, too. */
        Takers READERS = (assignment, key) -> {
            if (assignment.isEmpty()) return List.of();
            Tenure tenure = assignment.tenureOf(key);
            return Stream.concat(Stream.of(tenure.owner()), tenure.replicas().stream())
                    .toList();
        };

        List<Resource> of(Assignment assignment, SliceKey key);
    }

    /** What the balancer of one channel works with. */
    record Route(
            Clerk clerk,
            Takers takers,
            Balancer balancer,
            Function<Resource, Candidate> describe,
            Transport transport,
            Time time) {}

    /** Calls with a key go to its owner alone. */
    public static ManagedChannelBuilder<?> to(
            Cluster cluster, Clerk clerk, Balancer balancer, Function<Resource, Candidate> describe) {
        return to(cluster, clerk, Takers.OWNER, balancer, describe);
    }

    /**
     * Presents the cluster's secret with each call.
     *
     * @param describe zone and capacity of a pod, if anybody knows: {@link Candidate#of} otherwise
     */
    public static ManagedChannelBuilder<?> to(
            Cluster cluster, Clerk clerk, Takers takers, Balancer balancer, Function<Resource, Candidate> describe) {
        Route route = new Route(clerk, takers, balancer, describe, cluster.transport(), Time.system());
        return cluster.transport()
                .channelTo(SCHEME + ":///" + cluster.target())
                .defaultLoadBalancingPolicy(POLICY)
                .setNameResolverArg(ROUTE, route)
                .intercept(SecretCheck.presenting(cluster.secret()));
    }
}
