package io.sluice.catalog.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A table's body as it is kept: deflated against a typical one, which makes 250 bytes out of 3,000 and takes a few
 * microseconds to undo. Most of a catalog is never asked for twice, so room counts for more than these.
 */
final class PackedBody {
    /** Fast; the levels above save another tenth and take twice the time. */
    private static final int LEVEL = 3;

    /** What nearly every body holds. Bodies live in memory only, so this may change from version to version. */
    private static final byte[] TYPICAL =
            ("{\"name\":\"timestamp\",\"type_text\":\"string\",\"type_json\":\"{\\\"name\\\":\\\"value\\\","
                            + "\\\"type\\\":\\\"string\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}\",\"type_name\":\"STRING\","
                            + "\"type_precision\":null,\"type_scale\":null,\"type_interval_type\":null,\"position\":0,\"comment\":null,"
                            + "\"nullable\":true,\"partition_index\":null},{\"name\":\"id\",\"type_text\":\"bigint\","
                            + "\"type_json\":\"{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}\","
                            + "\"type_name\":\"LONG\",\"position\":1,double,decimal(10,2),date,DATE,BOOLEAN,false,integer,int,INT,"
                            + "\"catalog_name\":\"main\",\"schema_name\":\"default\",\"table_type\":\"EXTERNAL\",MANAGED,"
                            + "\"data_source_format\":\"DELTA\",\"columns\":[{\"name\":\"],\"storage_location\":\"s3://file:///"
                            + "__unitystorage/tables/\",\"comment\":null,\"properties\":{\"delta.minReaderVersion\":\"1\","
                            + "\"delta.enableDeletionVectors\":\"true\",\"},\"owner\":\"admin\",\"created_at\":17"
                            + ",\"created_by\":\"admin\",\"updated_at\":17,\"updated_by\":\"admin\",\"table_id\":\"-4"
                            + "\",\"view_definition\":null,\"view_dependencies\":null}")
                    .getBytes(StandardCharsets.UTF_8);

    private static final ThreadLocal<Deflater> DEFLATER = ThreadLocal.withInitial(() -> new Deflater(LEVEL, true));
    private static final ThreadLocal<Inflater> INFLATER = ThreadLocal.withInitial(() -> new Inflater(true));

    private final byte[] packed;
    private final int length;

    private PackedBody(byte[] packed, int length) {
        this.packed = packed;
        this.length = length;
    }

    static PackedBody of(byte[] body) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setDictionary(TYPICAL);
        deflater.setInput(body);
        deflater.finish();
        byte[] room = new byte[body.length / 4 + 64];
        int size = 0;
        while (!deflater.finished()) {
            if (size == room.length) room = Arrays.copyOf(room, 2 * room.length);
            size += deflater.deflate(room, size, room.length - size);
        }
        return new PackedBody(Arrays.copyOf(room, size), body.length);
    }

    byte[] unpacked() {
        Inflater inflater = INFLATER.get();
        inflater.reset();
        inflater.setDictionary(TYPICAL);
        inflater.setInput(packed);
        byte[] body = new byte[length];
        try {
            int size = 0;
            while (size < length) {
                int more = inflater.inflate(body, size, length - size);
                if (more == 0) throw new IllegalStateException("a packed body ends early");
                size += more;
            }
            return body;
        } catch (DataFormatException e) {
            throw new IllegalStateException("a packed body is damaged", e);
        }
    }

    int size() {
        return packed.length;
    }
}
