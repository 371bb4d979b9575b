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
 * Credentials by what they are for, kept for four fifths of their life. However many ask for the same at once, one of
 * them asks the cloud and the others wait for it; who asks for something else does not wait. A failure is told to all
 * who waited, and is not kept. Bounded: the one that was not asked for the longest goes first. Safe for many threads.
 */
final class CredentialCache<K> {
    private static final int MOST_KEPT = 10_000;
    /** Longer than any token service is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    /** Less than this is no life: by the time it is used it is over, or our clock is wrong. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    private final Clock clock;
    /** One that is not done is being asked for; one that failed is no longer here. */
    private final Map<K, CompletableFuture<Made>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<Made>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    CredentialCache(Clock clock) {
        this.clock = clock;
    }

    private record Made(VendedCredentials credentials, Instant renewAt) {}

    VendedCredentials get(K key, Supplier<VendedCredentials> make) {
        Instant now = clock.instant();
        CompletableFuture<Made> mine = new CompletableFuture<>();
        CompletableFuture<Made> held = claim(key, mine, now);
        if (held != mine) return await(held);
        try {
            Made made = lasting(make.get(), now);
            mine.complete(made);
            return made.credentials;
        } catch (RuntimeException | Error e) {
            forget(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Who is to answer for the key: somebody already, or mine. */
    private synchronized CompletableFuture<Made> claim(K key, CompletableFuture<Made> mine, Instant now) {
        CompletableFuture<Made> held = kept.get(key);
        if (held != null && (!held.isDone() || held.join().renewAt.isAfter(now))) return held;
        kept.put(key, mine);
        return mine;
    }

    private synchronized void forget(K key, CompletableFuture<Made> mine) {
        kept.remove(key, mine);
    }

    private static VendedCredentials await(CompletableFuture<Made> held) {
        try {
            return held.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).credentials;
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

    private static Made lasting(VendedCredentials made, Instant now) {
        Duration life = Duration.between(now, made.expiresAt().orElse(now));
        if (life.compareTo(SHORTEST_LIFE) < 0)
            throw Failure.unavailable(
                    null,
                    "The cloud's token service gave credentials that end within a minute. Check this server's clock, and"
                            + " try again.");
        return new Made(made, now.plus(life.multipliedBy(4).dividedBy(5)));
    }
}
