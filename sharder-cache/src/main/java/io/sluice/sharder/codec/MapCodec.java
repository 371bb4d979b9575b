package io.sluice.sharder.codec;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.AssignmentDiff;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.wire.DiffP;
import io.sluice.sharder.wire.GenerationP;
import io.sluice.sharder.wire.ResourceP;
import io.sluice.sharder.wire.SnapshotP;
import io.sluice.sharder.wire.TenureP;
import io.sluice.sharder.wire.TurnP;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Assignments and their differences in protobuf and back. Pods are named once for each message, in the order in which
 * they are first met. Throws {@link IllegalArgumentException} on what none of us would write.
 */
public final class MapCodec {
    private MapCodec() {}

    public static SnapshotP encode(Assignment assignment) {
        Writer writer = new Writer();
        return SnapshotP.newBuilder()
                .setGeneration(encode(assignment.generation()))
                .addAllTenures(writer.tenures(assignment.tenures()))
                .addAllPods(writer.pods())
                .setChecksum(assignment.checksum())
                .build();
    }

    public static Assignment decode(SnapshotP snapshot) {
        Assignment assignment = new Assignment(
                decode(snapshot.getGeneration()),
                new Reader(snapshot.getPodsList()).tenures(snapshot.getTenuresList()));
        if (assignment.checksum() != snapshot.getChecksum())
            throw new IllegalArgumentException(
                    "the map of generation " + assignment.generation() + " is damaged: its checksum does not match");
        return assignment;
    }

    public static DiffP encode(AssignmentDiff diff) {
        Writer writer = new Writer();
        return DiffP.newBuilder()
                .setBase(encode(diff.base()))
                .setNext(encode(diff.next()))
                .addAllChanged(writer.tenures(diff.changed()))
                .addAllPods(writer.pods())
                .setChecksum(diff.checksum())
                .build();
    }

    public static AssignmentDiff decode(DiffP diff) {
        return new AssignmentDiff(
                decode(diff.getBase()),
                decode(diff.getNext()),
                new Reader(diff.getPodsList()).tenures(diff.getChangedList()),
                diff.getChecksum());
    }

    public static GenerationP encode(Generation generation) {
        return GenerationP.newBuilder()
                .setIncarnation(generation.incarnation())
                .setNumber(generation.number())
                .build();
    }

    public static Generation decode(GenerationP generation) {
        return new Generation(generation.getIncarnation(), generation.getNumber());
    }

    public static ResourceP encode(Resource pod) {
        return ResourceP.newBuilder()
                .setName(pod.name())
                .setAddress(pod.address())
                .setIncarnation(pod.incarnation())
                .build();
    }

    public static Resource decode(ResourceP pod) {
        return new Resource(pod.getName(), pod.getAddress(), pod.getIncarnation());
    }

    /** @param high exclusive; 0 for the end of the key space */
    static Slice slice(long low, long high) {
        return high == 0 ? Slice.from(new SliceKey(low)) : Slice.of(new SliceKey(low), new SliceKey(high));
    }

    private static final class Writer {
        private final Map<Resource, Integer> numbers = new LinkedHashMap<>();

        List<TenureP> tenures(List<Tenure> tenures) {
            return tenures.stream().map(this::tenure).toList();
        }

        List<ResourceP> pods() {
            return numbers.keySet().stream().map(MapCodec::encode).toList();
        }

        private TenureP tenure(Tenure tenure) {
            TenureP.Builder encoded = TenureP.newBuilder()
                    .setLow(tenure.slice().low().bits())
                    .setHigh(tenure.slice().high().map(SliceKey::bits).orElse(0L))
                    .setOwner(number(tenure.owner()))
                    .setSince(encode(tenure.since()));
            if (tenure.hold() instanceof Hold.HandingOver handing)
                encoded.setHandingOver(turn(handing.successor(), handing.asked()));
            if (tenure.hold() instanceof Hold.Awaiting awaiting)
                encoded.setAwaiting(turn(awaiting.former(), awaiting.taken()));
            tenure.replicas().forEach(replica -> encoded.addReplicas(number(replica)));
            return encoded.build();
        }

        private TurnP turn(Resource pod, Generation generation) {
            return TurnP.newBuilder()
                    .setPod(number(pod))
                    .setGeneration(encode(generation))
                    .build();
        }

        private int number(Resource pod) {
            int next = numbers.size();
            Integer known = numbers.putIfAbsent(pod, next);
            return known == null ? next : known;
        }
    }

    private record Reader(List<ResourceP> named, List<Resource> pods) {
        Reader(List<ResourceP> named) {
            this(named, named.stream().map(MapCodec::decode).toList());
        }

        List<Tenure> tenures(List<TenureP> encoded) {
            List<Tenure> tenures = new ArrayList<>(encoded.size());
            encoded.forEach(tenure -> tenures.add(tenure(tenure)));
            return tenures;
        }

        private Tenure tenure(TenureP tenure) {
            return new Tenure(
                    slice(tenure.getLow(), tenure.getHigh()),
                    pod(tenure.getOwner()),
                    decode(tenure.getSince()),
                    hold(tenure),
                    tenure.getReplicasList().stream().map(this::pod).toList());
        }

        private Hold hold(TenureP tenure) {
            return switch (tenure.getHoldCase()) {
                case HANDING_OVER ->
                    new Hold.HandingOver(
                            pod(tenure.getHandingOver().getPod()),
                            decode(tenure.getHandingOver().getGeneration()));
                case AWAITING ->
                    new Hold.Awaiting(
                            pod(tenure.getAwaiting().getPod()),
                            decode(tenure.getAwaiting().getGeneration()));
                case HOLD_NOT_SET -> Hold.FIRM;
            };
        }

        private Resource pod(int number) {
            if (number < 0 || number >= pods.size())
                throw new IllegalArgumentException("a slice names pod " + number + " of a list of " + pods.size());
            return pods.get(number);
        }
    }
}
