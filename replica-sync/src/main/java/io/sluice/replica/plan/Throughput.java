package io.sluice.replica.plan;

import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import java.math.BigInteger;
import java.time.Duration;

/**
 * How fast bytes have moved so far.
 *
 * @param bytes moved during {@code time}; nothing measured yet when either is zero
 */
public record Throughput(ByteCount bytes, Duration time) {
    /** Assumed until something is measured: 50 MB/s, what one connection between clouds commonly gives. */
    public static final long DEFAULT_BYTES_PER_SECOND = 50_000_000;

    public static final Throughput UNKNOWN = new Throughput(ByteCount.ZERO, Duration.ZERO);

    public Throughput plus(TransferReceipt receipt) {
        return new Throughput(
                bytes.plus(receipt.wire()), time.plus(Duration.between(receipt.startedAt(), receipt.finishedAt())));
    }

    public long bytesPerSecond() {
        long millis = time.toMillis();
        if (bytes.bytes() == 0 || millis <= 0) return DEFAULT_BYTES_PER_SECOND;
        return Math.max(1, scaled(bytes.bytes(), millis));
    }

    public Duration timeFor(ByteCount more) {
        long perSecond = bytesPerSecond();
        long rest = more.bytes() % perSecond;
        return Duration.ofSeconds(more.bytes() / perSecond).plusMillis(scaled(rest + perSecond / 1_000, perSecond));
    }

    /** {@code 1000 * a / b}, for any amount of bytes. */
    private static long scaled(long a, long b) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(1_000))
                .divide(BigInteger.valueOf(b))
                .longValue();
    }
}
