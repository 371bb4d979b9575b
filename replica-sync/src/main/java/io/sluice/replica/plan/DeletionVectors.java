package io.sluice.replica.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.table.DataFile;
import io.sluice.model.failure.Failure;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the deletion vectors of files are kept. A descriptor of type {@code u} holds an optional folder followed by 20
 * characters of base 85 (ZeroMQ's digits), which spell the 16 bytes of the id in the file's name; {@code i} holds the
 * vector itself; {@code p} an absolute path.
 */
final class DeletionVectors {
    private static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final int ENCODED_ID_LENGTH = 20;
    private static final int LENGTH_FIELD_AND_CHECKSUM = 8;

    private DeletionVectors() {}

    /** The file that holds a data file's vector, and how long it is at least; empty when there is none to copy. */
    static Optional<CopyItem> fileOf(DataFile file) {
        JsonNode vector = file.add().path("deletionVector");
        return switch (vector.path("storageType").asText("")) {
            case "", "i" -> Optional.empty();
            case "u" ->
                Optional.of(new CopyItem(
                        key(vector.path("pathOrInlineDv").asText()),
                        knownLength(vector),
                        CopyItem.Kind.DELETION_VECTORS));
            default ->
                throw Failure.unsupported(
                        "The deletion vector of %s is kept at an absolute path, which is not replicated. "
                                + "Rewrite the file at the source (OPTIMIZE or REORG) and sync again.",
                        file.path());
        };
    }

    private static long knownLength(JsonNode vector) {
        return vector.path("offset").asLong() + vector.path("sizeInBytes").asLong() + LENGTH_FIELD_AND_CHECKSUM;
    }

    private static String key(String prefixAndId) {
        int idStart = prefixAndId.length() - ENCODED_ID_LENGTH;
        if (idStart < 0) throw Failure.invalid("The deletion vector id \"%s\" is too short.", prefixAndId);
        String folder = idStart == 0 ? "" : prefixAndId.substring(0, idStart) + "/";
        return folder + "deletion_vector_" + decode(prefixAndId.substring(idStart)) + ".bin";
    }

    private static UUID decode(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        for (int block = 0; block < ENCODED_ID_LENGTH; block += 5) {
            long value = 0;
            for (int i = block; i < block + 5; i++) {
                int digit = DIGITS.indexOf(encoded.charAt(i));
                if (digit < 0) throw Failure.invalid("The deletion vector id \"%s\" is not base 85.", encoded);
                value = value * 85 + digit;
            }
            bytes.putInt((int) value);
        }
        bytes.flip();
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
