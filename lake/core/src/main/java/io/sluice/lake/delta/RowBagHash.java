package io.sluice.lake.delta;

import io.sluice.lake.table.Column;
import io.sluice.lake.table.ContentHash;
import io.sluice.lake.table.TableRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sum, modulo 2^256, of the SHA-256 of each row: independent of order, and a row that occurs twice counts twice.
 * A row is hashed by its columns in the order of their names, so a different order of columns is the same content.
 */
final class RowBagHash {
    private static final BigInteger MODULUS = BigInteger.TWO.pow(256);

    private final MessageDigest digest = sha256();
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

    void add(TableRow row) {
        List<Column> columns = row.schema().columns();
        IntStream.range(0, columns.size())
                .boxed()
                .sorted((a, b) -> columns.get(a).name().compareTo(columns.get(b).name()))
                .forEach(i -> {
                    absorb(columns.get(i).name());
                    absorb(row.values().get(i));
                });
        sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
        rows++;
    }

    ContentHash result() {
        return new ContentHash(rows, "%064x".formatted(sum));
    }

    /** Length first, so that no two sequences of values have the same bytes; a null has a length of its own. */
    private void absorb(@Nullable Object value) {
        if (value == null) {
            digest.update("-;".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        String plain = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        byte[] text = plain.getBytes(StandardCharsets.UTF_8);
        digest.update((text.length + ";").getBytes(StandardCharsets.US_ASCII));
        digest.update(text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
