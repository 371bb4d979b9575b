package io.sluice.sharder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * CRC-32C over a map in a fixed layout: generation (8 + 8 bytes), then of each tenure the lowest key (8), the owner's
 * own checksum (4), since (8 + 8), how it is held (1; where another pod takes part also that one's checksum, 4, and a
 * generation, 8 + 8), and the replicas (4 for their number and 4 for each). Upper ends are left out: each is the next
 * one's low.
 */
final class Checksums {
    private static final int PLAIN_TENURE_BYTES = 8 + 4 + 16 + 1 + 4;
    private static final int TURN_BYTES = 4 + 16;

    private final Map<Resource, Integer> pods = new HashMap<>();
    private final ByteBuffer bytes;

    private Checksums(List<Tenure> tenures) {
        int replicas = tenures.stream().mapToInt(t -> t.replicas().size()).sum();
        this.bytes =
                ByteBuffer.allocate(16 + tenures.size() * (PLAIN_TENURE_BYTES + TURN_BYTES) + Integer.BYTES * replicas);
    }

    static int of(Generation generation, List<Tenure> tenures) {
        Checksums sums = new Checksums(tenures);
        sums.put(generation);
        tenures.forEach(sums::put);
        return checksum(sums.bytes.flip());
    }

    private void put(Tenure tenure) {
        bytes.putLong(tenure.slice().low().bits());
        put(tenure.owner());
        put(tenure.since());
        put(tenure.hold());
        bytes.putInt(tenure.replicas().size());
        tenure.replicas().forEach(this::put);
    }

    private void put(Hold hold) {
        if (hold instanceof Hold.HandingOver handing) {
            bytes.put((byte) 2);
            put(handing.successor());
            put(handing.asked());
        } else if (hold instanceof Hold.Awaiting awaiting) {
            bytes.put((byte) 0);
            put(awaiting.former());
            put(awaiting.taken());
        } else bytes.put((byte) 1);
    }

    private void put(Generation generation) {
        bytes.putLong(generation.incarnation()).putLong(generation.number());
    }

    private void put(Resource pod) {
        bytes.putInt(pods.computeIfAbsent(pod, Checksums::of));
    }

    private static int of(Resource pod) {
        byte[] name = pod.name().getBytes(StandardCharsets.UTF_8);
        byte[] address = pod.address().getBytes(StandardCharsets.UTF_8);
        return checksum(ByteBuffer.allocate(4 + name.length + address.length + 8)
                .putInt(name.length)
                .put(name)
                .put(address)
                .putLong(pod.incarnation())
                .flip());
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
