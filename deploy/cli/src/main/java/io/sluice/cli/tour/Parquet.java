package io.sluice.cli.tour;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.tour.Recipient.SharedFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What can be said about a Parquet file from its bytes alone. */
final class Parquet {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private Parquet() {}

    /** Downloads every file, checks its form and length, and returns the digests in an order of their own. */
    static List<String> digests(Recipient reader, List<SharedFile> files) {
        return files.stream()
                .map(file -> digest(checked(file, reader.download(file))))
                .sorted()
                .toList();
    }

    static byte[] checked(SharedFile file, byte[] bytes) {
        if (bytes.length != file.size())
            throw CommandFailure.difference(
                    "A shared file has %d bytes; its line in the answer says %d.", bytes.length, file.size());
        boolean framed = bytes.length >= 12
                && Arrays.equals(MAGIC, Arrays.copyOf(bytes, 4))
                && Arrays.equals(MAGIC, Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
        if (!framed) throw CommandFailure.difference("A shared file does not begin and end with PAR1: not Parquet.");
        return bytes;
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
