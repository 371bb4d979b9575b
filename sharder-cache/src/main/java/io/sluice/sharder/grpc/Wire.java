package io.sluice.sharder.grpc;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.wire.AnswerP;
import io.sluice.sharder.wire.DiffP;
import io.sluice.sharder.wire.DismissalP;
import io.sluice.sharder.wire.DownstreamP;
import io.sluice.sharder.wire.GenerationP;
import io.sluice.sharder.wire.GoodbyeP;
import io.sluice.sharder.wire.HeartbeatP;
import io.sluice.sharder.wire.HelloP;
import io.sluice.sharder.wire.ResourceP;
import io.sluice.sharder.wire.SnapshotP;
import io.sluice.sharder.wire.SnapshotWantedP;
import io.sluice.sharder.wire.TenureP;
import io.sluice.sharder.wire.UpstreamP;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our words in protobuf and back. Throws {@link IllegalArgumentException} on what no peer of ours would send. */
final class Wire {
    private Wire() {}

    static UpstreamP encode(Upstream message, Target target, String subscriber) {
        UpstreamP.Builder up = UpstreamP.newBuilder();
        if (message instanceof Upstream.Hello hello)
            up.setHello(HelloP.newBuilder()
                    .setTarget(target.name())
                    .setSubscriber(subscriber)
                    .setKnown(encode(hello.known()))
                    .setKnownChecksum(hello.knownChecksum()));
        else if (message instanceof Upstream.Heartbeat heartbeat)
            up.setHeartbeat(HeartbeatP.newBuilder()
                    .setPod(encode(heartbeat.pod()))
                    .setSequence(heartbeat.sequence())
                    .setKnown(encode(heartbeat.known())));
        else if (message instanceof Upstream.Goodbye goodbye)
            up.setGoodbye(GoodbyeP.newBuilder().setPod(encode(goodbye.pod())));
        else up.setSnapshotWanted(SnapshotWantedP.getDefaultInstance());
        return up.build();
    }

    static Upstream decode(UpstreamP up) {
        return switch (up.getMessageCase()) {
            case HELLO ->
                new Upstream.Hello(
                        decode(up.getHello().getKnown()), up.getHello().getKnownChecksum());
            case HEARTBEAT ->
                new Upstream.Heartbeat(
                        decode(up.getHeartbeat().getPod()),
                        up.getHeartbeat().getSequence(),
                        decode(up.getHeartbeat().getKnown()));
            case GOODBYE -> new Upstream.Goodbye(decode(up.getGoodbye().getPod()));
            case SNAPSHOT_WANTED -> new Upstream.SnapshotWanted();
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("the caller sent a message without content");
        };
    }

    static DownstreamP encode(Downstream message) {
        DownstreamP.Builder down = DownstreamP.newBuilder();
        if (message instanceof Downstream.Snapshot snapshot) down.setSnapshot(encode(snapshot.assignment()));
        else if (message instanceof Downstream.Difference difference) down.setDiff(encode(difference.diff()));
        else if (message instanceof Downstream.Answer answer)
            down.setAnswer(AnswerP.newBuilder()
                    .setSequence(answer.sequence())
                    .setLeaseRenewed(answer.leaseRenewed())
                    .setSent(encode(answer.sent())));
        else if (message instanceof Downstream.Dismissal dismissal)
            down.setDismissal(DismissalP.newBuilder().setReason(encode(dismissal.reason())));
        return down.build();
    }

    static Downstream decode(DownstreamP down) {
        return switch (down.getMessageCase()) {
            case SNAPSHOT -> new Downstream.Snapshot(decode(down.getSnapshot()));
            case DIFF -> new Downstream.Difference(decode(down.getDiff()));
            case ANSWER ->
                new Downstream.Answer(
                        down.getAnswer().getSequence(),
                        down.getAnswer().getLeaseRenewed(),
                        decode(down.getAnswer().getSent()));
            case DISMISSAL ->
                new Downstream.Dismissal(decode(down.getDismissal().getReason()));
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("the assigner sent a message without content");
        };
    }

    private static SnapshotP encode(Assignment assignment) {
        Map<Resource, Integer> pods = new LinkedHashMap<>();
        SnapshotP.Builder snapshot = SnapshotP.newBuilder()
                .setGeneration(encode(assignment.generation()))
                .addAllTenures(encode(assignment.tenures(), pods))
                .setChecksum(assignment.checksum());
        pods.keySet().forEach(pod -> snapshot.addPods(encode(pod)));
        return snapshot.build();
    }

    private static Assignment decode(SnapshotP snapshot) {
        Assignment assignment = new Assignment(
                decode(snapshot.getGeneration()), decode(snapshot.getTenuresList(), snapshot.getPodsList()));
        if (assignment.checksum() != snapshot.getChecksum())
            throw new IllegalArgumentException("the snapshot of generation " + assignment.generation()
                    + " arrived damaged: its checksum does not match");
        return assignment;
    }

    private static DiffP encode(AssignmentDiff diff) {
        Map<Resource, Integer> pods = new LinkedHashMap<>();
        DiffP.Builder encoded = DiffP.newBuilder()
                .setBase(encode(diff.base()))
                .setNext(encode(diff.next()))
                .addAllChanged(encode(diff.changed(), pods))
                .setChecksum(diff.checksum());
        pods.keySet().forEach(pod -> encoded.addPods(encode(pod)));
        return encoded.build();
    }

    private static AssignmentDiff decode(DiffP diff) {
        return new AssignmentDiff(
                decode(diff.getBase()),
                decode(diff.getNext()),
                decode(diff.getChangedList(), diff.getPodsList()),
                diff.getChecksum());
    }

    // Pods are named once per message, in the order of their first slice.
    private static List<TenureP> encode(List<Tenure> tenures, Map<Resource, Integer> pods) {
        List<TenureP> encoded = new ArrayList<>(tenures.size());
        for (Tenure tenure : tenures) {
            pods.putIfAbsent(tenure.owner(), pods.size());
            encoded.add(TenureP.newBuilder()
                    .setLow(tenure.slice().low().bits())
                    .setHigh(tenure.slice().high().map(SliceKey::bits).orElse(0L))
                    .setOwner(pods.get(tenure.owner()))
                    .setSince(encode(tenure.since()))
                    .setAwaitingRelease(tenure.phase() == Tenure.Phase.AWAITING_RELEASE)
                    .build());
        }
        return encoded;
    }

    private static List<Tenure> decode(List<TenureP> tenures, List<ResourceP> pods) {
        List<Resource> owners = pods.stream().map(Wire::decode).toList();
        List<Tenure> decoded = new ArrayList<>(tenures.size());
        for (TenureP tenure : tenures) {
            if (tenure.getOwner() < 0 || tenure.getOwner() >= owners.size())
                throw new IllegalArgumentException(
                        "a slice names pod " + tenure.getOwner() + " of a list of " + owners.size());
            decoded.add(new Tenure(
                    slice(tenure),
                    owners.get(tenure.getOwner()),
                    decode(tenure.getSince()),
                    tenure.getAwaitingRelease() ? Tenure.Phase.AWAITING_RELEASE : Tenure.Phase.HELD));
        }
        return decoded;
    }

    private static Slice slice(TenureP tenure) {
        SliceKey low = new SliceKey(tenure.getLow());
        return tenure.getHigh() == 0 ? Slice.from(low) : Slice.of(low, new SliceKey(tenure.getHigh()));
    }

    private static GenerationP encode(Generation generation) {
        return GenerationP.newBuilder()
                .setIncarnation(generation.incarnation())
                .setNumber(generation.number())
                .build();
    }

    private static Generation decode(GenerationP generation) {
        return new Generation(generation.getIncarnation(), generation.getNumber());
    }

    private static ResourceP encode(Resource pod) {
        return ResourceP.newBuilder()
                .setName(pod.name())
                .setAddress(pod.address())
                .setIncarnation(pod.incarnation())
                .build();
    }

    private static Resource decode(ResourceP pod) {
        return new Resource(pod.getName(), pod.getAddress(), pod.getIncarnation());
    }

    private static DismissalP.Reason encode(Downstream.Reason reason) {
        return reason == Downstream.Reason.LEFT ? DismissalP.Reason.LEFT : DismissalP.Reason.SUPERSEDED;
    }

    private static Downstream.Reason decode(DismissalP.Reason reason) {
        return reason == DismissalP.Reason.LEFT ? Downstream.Reason.LEFT : Downstream.Reason.SUPERSEDED;
    }
}
