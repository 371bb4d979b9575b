package io.sluice.sharing.recipient;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.model.failure.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * How much one recipient may ask of this process, so that a client that asks again and again, or reads slowly on many
 * connections, is noticed by nobody but itself. Clients wait too shortly and try again: what is refused must cost next to
 * nothing.
 */
public final class RecipientLimits {
    /** Long after a bucket is full again. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Bounds bounds;
    private final LongSupplier nanos;
    private final Cache<RecipientId, Turns> turns =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN_AFTER).build();

    /**
     * @param perSecond requests, in the long run
     * @param burst requests that may come at once after a quiet time
     * @param atOnce requests that are being answered at the same time
     */
    public record Bounds(int perSecond, int burst, int atOnce) {
        public Bounds {
            if (perSecond < 1 || burst < 1 || atOnce < 1)
                throw new IllegalArgumentException(
                        "a bound below 1 lets nobody in: %d a second, %d in a burst, %d at once"
                                .formatted(perSecond, burst, atOnce));
        }
    }

    /** @param nanos a clock that nobody sets, as {@link System#nanoTime} */
    public RecipientLimits(Bounds bounds, LongSupplier nanos) {
        this.bounds = bounds;
        this.nanos = nanos;
    }

    /** A request that is being answered. */
    @FunctionalInterface
    public interface Visit extends AutoCloseable {
        /** More than once does no harm. */
        @Override
        void close();
    }

    /** Throws a {@link Failure} (exhausted) when it is not the recipient's turn. */
    public Visit enter(RecipientId recipient) {
        Turns own = turns.get(recipient, id -> new Turns());
        own.enter();
        AtomicBoolean isInside = new AtomicBoolean(true);
        return () -> {
            if (isInside.getAndSet(false)) own.leave();
        };
    }

    private final class Turns {
        private double left = bounds.burst();
        private long countedAt = nanos.getAsLong();
        private int inside;

        synchronized void enter() {
            refill();
            if (left < 1)
                throw Failure.exhausted(
                        "You have sent more than %d requests a second. Wait a second, and send fewer.",
                        bounds.perSecond());
            // A refused one counts too, or a loop of refused ones would be the fastest of all.
            left--;
            if (inside >= bounds.atOnce())
                throw Failure.exhausted(
                        "%d of your requests are being answered already. Read their answers to the end first.", inside);
            inside++;
        }

        synchronized void leave() {
            inside--;
        }

        private void refill() {
            long now = nanos.getAsLong();
            left = Math.min(bounds.burst(), left + (now - countedAt) / NANOS_PER_SECOND * bounds.perSecond());
            countedAt = now;
        }
    }
}
