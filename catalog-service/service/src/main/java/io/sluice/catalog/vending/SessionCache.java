package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Credentials by what they are for, kept to four fifths of their life. However many ask for the same at once, one of
 * them asks the cloud and the others wait for it; those who ask for something else do not wait. A failure is told to
 * all who waited, and is not kept. Bounded: the one that was not asked for the longest goes first. Safe for many threads.
 */
final class SessionCache<K> {
    /** Longer than any token service is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    /** Less than this is no life: by the time it is used it is over, or our clock is wrong. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<K, Kept> kept;

    SessionCache(int mostKept, Clock clock) {
        this.clock = clock;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept> eldest) {
                return size() > mostKept;
            }
        };
    }

    private static final class Kept {
        private final CompletableFuture<VendedCredentials> answer = new CompletableFuture<>();
        /** In the far future while the cloud is being asked. */
        private volatile Instant renewAt = Instant.MAX;
    }

    VendedCredentials get(K key, Supplier<VendedCredentials> make) {
        Instant now = clock.instant();
        Kept mine = new Kept();
        Kept held = claim(key, mine, now);
        if (held != mine) return await(held);
        try {
            VendedCredentials made = make.get();
            mine.renewAt = renewAt(made, now);
            mine.answer.complete(made);
            return made;
        } catch (RuntimeException | Error e) {
            forget(key, mine);
            mine.answer.completeExceptionally(e);
            throw e;
        }
    }

    synchronized int size() {
        return kept.size();
    }

    /** Who is to answer for the key: somebody already, or mine. */
    private synchronized Kept claim(K key, Kept mine, Instant now) {
        Kept held = kept.get(key);
        if (held != null && held.renewAt.isAfter(now)) return held;
        kept.put(key, mine);
        return mine;
    }

    private synchronized void forget(K key, Kept mine) {
        kept.remove(key, mine);
    }

    private static VendedCredentials await(Kept held) {
        try {
            return held.answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) throw failure;
            throw new IllegalStateException("another request for the same credentials failed", e.getCause());
        } catch (TimeoutException e) {
            throw Failure.unavailable(e, "The cloud's token service does not answer just now. Try again in a moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable(e, "This server is stopping. Try again in a moment.");
        }
    }

    private static Instant renewAt(VendedCredentials made, Instant now) {
        Duration life = Duration.between(now, made.expiresAt().orElse(now));
        if (life.compareTo(SHORTEST_LIFE) < 0)
            throw Failure.unavailable(
                    null,
                    "The cloud's token service gave credentials that end within a minute. Check this server's clock, and"
                            + " try again.");
        return now.plus(life.multipliedBy(4).dividedBy(5));
    }
}
