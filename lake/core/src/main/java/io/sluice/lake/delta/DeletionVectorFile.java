package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.LogJson;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32;
import org.roaringbitmap.RoaringBitmap;

/**
 * Deleted rows of one data file, in a file of its own beside the data.
 *
 * <pre>
 * 1 byte    version of the file's format, 1
 * 4 bytes   length of the vector, big endian          <- the descriptor's offset points here
 * n bytes   the vector, little endian:
 *             4 bytes   1681511377, portable format
 *             8 bytes   number of bitmaps
 *             each      4 bytes upper half of the row numbers, then a Roaring bitmap of the lower halves
 * 4 bytes   CRC-32 of the vector, big endian
 * </pre>
 */
final class DeletionVectorFile {
    private static final byte FORMAT = 1;
    private static final int PORTABLE_BITMAPS = 1681511377;
    private static final int VECTOR_OFFSET = 1;

    private DeletionVectorFile() {}

    /** Writes the vector and answers its descriptor, as the {@code add} action carries it. */
    static ObjectNode write(ObjectStore table, RoaringBitmap deletedRows) throws IOException {
        byte[] vector = serialized(deletedRows);
        UUID id = UUID.randomUUID();
        table.put("deletion_vector_" + id + ".bin", Content.of(file(vector)));
        ObjectNode descriptor = LogJson.MAPPER.createObjectNode();
        descriptor.put("storageType", "u");
        descriptor.put("pathOrInlineDv", Z85.encode(id));
        descriptor.put("offset", VECTOR_OFFSET);
        descriptor.put("sizeInBytes", vector.length);
        descriptor.put("cardinality", deletedRows.getLongCardinality());
        return descriptor;
    }

    private static byte[] serialized(RoaringBitmap deletedRows) {
        deletedRows.runOptimize();
        // One bitmap holds all: a file of more than 2^32 rows does not occur.
        ByteBuffer vector = ByteBuffer.allocate(4 + 8 + 4 + deletedRows.serializedSizeInBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        vector.putInt(PORTABLE_BITMAPS).putLong(1).putInt(0);
        deletedRows.serialize(vector);
        return vector.array();
    }

    private static byte[] file(byte[] vector) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(vector);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORMAT);
        out.writeInt(vector.length);
        out.write(vector);
        out.writeInt((int) checksum.getValue());
        return bytes.toByteArray();
    }
}
