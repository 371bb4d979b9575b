package io.sluice.sharder.grpc.xds;

import com.google.protobuf.Any;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.wire.xds.DiscoveryRequestP;
import io.sluice.sharder.wire.xds.DiscoveryResponseP;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber, which asks by type for some resources or for all, and is told whenever these change. Speaks the
 * state-of-the-world variant: each answer holds everything asked for. Confined to the server's thread.
 */
final class XdsStream {
    private static final Logger LOG = LoggerFactory.getLogger(XdsStream.class);

    private final StreamObserver<DiscoveryResponseP> out;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private long sent;

    private static final class Subscription {
        Set<String> names = Set.of();
        String nonce = "";

        @Nullable
        List<Any> told;
    }

    XdsStream(StreamObserver<DiscoveryResponseP> out) {
        this.out = out;
    }

    /** @param world resources by type and then by name */
    void received(DiscoveryRequestP request, Map<String, Map<String, Any>> world) {
        Subscription subscription = subscriptions.computeIfAbsent(request.getTypeUrl(), type -> new Subscription());
        // An answer to an older response; the one to the newest is under way.
        if (!request.getResponseNonce().equals(subscription.nonce)) return;
        if (request.hasErrorDetail())
            LOG.warn(
                    "{} refuses {} of {}: {}",
                    request.getNode().getId(),
                    request.getVersionInfo(),
                    request.getTypeUrl(),
                    request.getErrorDetail().getMessage());
        Set<String> names = new HashSet<>(request.getResourceNamesList());
        boolean asksForMore = !names.equals(subscription.names);
        subscription.names = names;
        // What was refused is not sent again until it changes.
        if (subscription.told == null || asksForMore) tell(request.getTypeUrl(), subscription, world, true);
    }

    void changed(Map<String, Map<String, Any>> world) {
        subscriptions.forEach((type, subscription) -> tell(type, subscription, world, false));
    }

    private void tell(
            String type, Subscription subscription, Map<String, Map<String, Any>> world, boolean evenIfNothingNew) {
        List<Any> wanted = new ArrayList<>();
        world.getOrDefault(type, Map.of()).forEach((name, resource) -> {
            if (subscription.names.isEmpty() || subscription.names.contains(name)) wanted.add(resource);
        });
        if (!evenIfNothingNew && wanted.equals(subscription.told)) return;
        subscription.told = wanted;
        subscription.nonce = Long.toString(++sent);
        out.onNext(DiscoveryResponseP.newBuilder()
                .setTypeUrl(type)
                .setVersionInfo(subscription.nonce)
                .setNonce(subscription.nonce)
                .addAllResources(wanted)
                .build());
    }
}
