package io.sluice.sharder.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import io.grpc.SynchronizationContext.ScheduledHandle;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to each pod of the clerk's newest assignment, and a picker for the calls. All but the picker is
 * confined to the channel's synchronization context.
 *
 * <p>Nobody tells when the clerk learns a new assignment. The picker notices with the next call and has the balancer
 * look; between calls it looks by itself, so that connections stand before they are needed.
 */
final class SliceBalancer extends LoadBalancer {
    private static final long LOOK_SECONDS = 1;
    /** How often while no assignment is known at all, for then calls are waiting. */
    private static final long FIRST_LOOK_MILLIS = 20;

    private final Helper helper;
    private final SliceChannel.Route route;
    private final Map<Resource, Lane> lanes = new LinkedHashMap<>();
    private Assignment followed = Assignment.NONE;
    private @Nullable ScheduledHandle nextLook;

    /** The connection to one pod. */
    private final class Lane {
        final Subchannel subchannel;
        ConnectivityState state = ConnectivityState.CONNECTING;

        Lane(Resource pod) {
            this.subchannel = helper.createSubchannel(CreateSubchannelArgs.newBuilder()
                    .setAddresses(new EquivalentAddressGroup(route.transport().socket(pod.address())))
                    .build());
            subchannel.start(this::heard);
            subchannel.requestConnection();
        }

        private void heard(ConnectivityStateInfo info) {
            ConnectivityState now = info.getState();
            if (now == ConnectivityState.SHUTDOWN) return;
            if (now == ConnectivityState.IDLE) subchannel.requestConnection();
            // A pod that failed counts as failed until it is really there again: its calls go elsewhere, not in a
            // queue.
            boolean staysFailed = state == ConnectivityState.TRANSIENT_FAILURE && now != ConnectivityState.READY;
            if (!staysFailed) state = now == ConnectivityState.IDLE ? ConnectivityState.CONNECTING : now;
            publish();
        }
    }

    SliceBalancer(Helper helper, SliceChannel.Route route) {
        this.helper = helper;
        this.route = route;
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses nothing) {
        if (nextLook == null) {
            publish();
            look();
        }
        return Status.OK;
    }

    @Override
    public boolean canHandleEmptyAddressListFromNameResolution() {
        return true;
    }

    @Override
    public void handleNameResolutionError(Status error) {
        // Our resolver has nothing that could fail.
    }

    @Override
    public void shutdown() {
        if (nextLook != null) nextLook.cancel();
        lanes.values().forEach(lane -> lane.subchannel.shutdown());
        lanes.clear();
    }

    /** The assignment may have changed; called by the picker from any thread. */
    void wake() {
        helper.getSynchronizationContext().execute(this::follow);
    }

    private void look() {
        follow();
        long pauseMillis = followed.isEmpty() ? FIRST_LOOK_MILLIS : TimeUnit.SECONDS.toMillis(LOOK_SECONDS);
        nextLook = helper.getSynchronizationContext()
                .schedule(this::look, pauseMillis, TimeUnit.MILLISECONDS, helper.getScheduledExecutorService());
    }

    private void follow() {
        Assignment newest = route.clerk().assignment();
        if (newest == followed) return;
        followed = newest;
        Set<Resource> pods = newest.tenures().stream()
                .flatMap(t -> Stream.concat(Stream.of(t.owner()), t.replicas().stream()))
                .collect(Collectors.toSet());
        lanes.entrySet().removeIf(lane -> {
            boolean isGone = !pods.contains(lane.getKey());
            // Calls under way may still end.
            if (isGone) lane.getValue().subchannel.shutdown();
            return isGone;
        });
        pods.forEach(pod -> lanes.computeIfAbsent(pod, Lane::new));
        route.balancer().retain(pods);
        publish();
    }

    private void publish() {
        Map<Resource, Subchannel> ready = new HashMap<>();
        Set<Resource> coming = lanes.entrySet().stream()
                .filter(lane -> lane.getValue().state == ConnectivityState.CONNECTING)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        lanes.forEach((pod, lane) -> {
            if (lane.state == ConnectivityState.READY) ready.put(pod, lane.subchannel);
        });
        ConnectivityState all = !ready.isEmpty()
                ? ConnectivityState.READY
                : lanes.isEmpty() || !coming.isEmpty()
                        ? ConnectivityState.CONNECTING
                        : ConnectivityState.TRANSIENT_FAILURE;
        helper.updateBalancingState(all, new SlicePicker(this, route, followed, ready, coming));
    }
}
