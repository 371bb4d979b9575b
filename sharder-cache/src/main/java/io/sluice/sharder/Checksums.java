package io.sluice.sharder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * CRC-32C over a map in a fixed layout: generation (8 + 8 bytes), then of each tenure the lowest key (8), the owner's
 * own checksum (4), since (8 + 8) and the phase (1). Upper ends are left out: each is the next one's low.
 */
final class Checksums {
    private static final int TENURE_BYTES = 8 + 4 + 8 + 8 + 1;

    private Checksums() {}

    static int of(Generation generation, List<Tenure> tenures) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + tenures.size() * TENURE_BYTES);
        Map<Resource, Integer> pods = new HashMap<>();
        put(bytes, generation);
        for (Tenure tenure : tenures) {
            bytes.putLong(tenure.slice().low().bits());
            bytes.putInt(pods.computeIfAbsent(tenure.owner(), Checksums::of));
            put(bytes, tenure.since());
            bytes.put((byte) (tenure.phase() == Tenure.Phase.HELD ? 1 : 0));
        }
        return checksum(bytes.array());
    }

    private static void put(ByteBuffer bytes, Generation generation) {
        bytes.putLong(generation.incarnation()).putLong(generation.number());
    }

    private static int of(Resource pod) {
        byte[] name = pod.name().getBytes(StandardCharsets.UTF_8);
        byte[] address = pod.address().getBytes(StandardCharsets.UTF_8);
        return checksum(ByteBuffer.allocate(4 + name.length + address.length + 8)
                .putInt(name.length)
                .put(name)
                .put(address)
                .putLong(pod.incarnation())
                .array());
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
