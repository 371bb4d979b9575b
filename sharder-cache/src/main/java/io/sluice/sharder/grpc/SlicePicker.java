package io.sluice.sharder.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Metadata;
import io.grpc.Status;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.balance.Candidate;
import io.sluice.sharder.balance.Choice;
import io.sluice.sharder.balance.Group;
import io.sluice.sharder.balance.Outcome;
import io.sluice.sharder.balance.Pick;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds a pod for each call, for as long as neither assignment nor connections change. Thread-safe. */
final class SlicePicker extends SubchannelPicker {
    private final SliceBalancer owner;
    private final SliceChannel.Route route;
    private final Assignment assignment;
    private final Map<Resource, Subchannel> ready;
    private final Set<Resource> coming;
    private final Map<List<Resource>, Group> groups = new ConcurrentHashMap<>();
    private final Group all;

    SlicePicker(
            SliceBalancer owner,
            SliceChannel.Route route,
            Assignment assignment,
            Map<Resource, Subchannel> ready,
            Set<Resource> coming) {
        this.owner = owner;
        this.route = route;
        this.assignment = assignment;
        this.ready = ready;
        this.coming = coming;
        this.all = reachable(ready.keySet());
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs args) {
        if (route.clerk().assignment() != assignment) {
            // Waits for a moment, until the balancer has looked and brought another picker.
            owner.wake();
            return PickResult.withNoResult();
        }
        if (assignment.isEmpty()) return PickResult.withNoResult();
        try {
            SliceKey key = keyOf(args);
            return key == null ? toAny() : toTakers(key);
        } catch (IllegalArgumentException unreadable) {
            return PickResult.withDrop(Status.INVALID_ARGUMENT.withDescription(unreadable.getMessage()));
        }
    }

    private static @Nullable SliceKey keyOf(PickSubchannelArgs args) {
        SliceKey key = args.getCallOptions().getOption(SliceChannel.KEY);
        if (key != null) return key;
        String header = args.getHeaders().get(SliceChannel.HEADER);
        return header == null ? null : SliceKey.parse(header);
    }

    private PickResult toTakers(SliceKey key) {
        List<Resource> takers = route.takers().of(assignment, key);
        Group group = groups.computeIfAbsent(takers, this::reachable);
        if (!group.isEmpty()) return to(group);
        // While the owner is being connected to, waiting for it is shorter than a detour.
        return takers.stream().anyMatch(coming::contains) ? PickResult.withNoResult() : toAny();
    }

    private PickResult toAny() {
        if (!all.isEmpty()) return to(all);
        return coming.isEmpty()
                ? PickResult.withError(Status.UNAVAILABLE.withDescription(
                        "none of the pods of " + assignment.generation() + " can be reached"))
                : PickResult.withNoResult();
    }

    private PickResult to(Group group) {
        Choice choice = route.balancer().choose(group, route.time().nanos());
        Subchannel subchannel = ready.get(choice.pod());
        return subchannel == null
                ? PickResult.withNoResult()
                : PickResult.withSubchannel(subchannel, new Watching(choice, route.time()));
    }

    private Group reachable(Collection<Resource> pods) {
        List<Candidate> there = pods.stream()
                .filter(ready::containsKey)
                .sorted()
                .map(route.describe())
                .toList();
        return route.balancer().group(there, route.time().nanos());
    }

    /** Counts from the moment the stream is made: a pick alone may come to nothing. */
    private static final class Watching extends ClientStreamTracer.Factory {
        private final Choice choice;
        private final Time time;

        Watching(Choice choice, Time time) {
            this.choice = choice;
            this.time = time;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            Pick pick = choice.begin(time.nanos());
            return new ClientStreamTracer() {
                @Override
                public void streamClosed(Status status) {
                    pick.done(outcome(status), time.nanos());
                }
            };
        }
    }

    static Outcome outcome(Status status) {
        return switch (status.getCode()) {
            case CANCELLED -> Outcome.ABANDONED;
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, INTERNAL, UNKNOWN, DATA_LOSS -> Outcome.FAILED;
            default -> Outcome.ANSWERED;
        };
    }
}
