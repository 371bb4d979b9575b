package io.sluice.sharing.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.query.QueryTokens.Place;
import io.sluice.sharing.query.QueryTokens.Question;
import io.sluice.sharing.wire.QueryRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Queries whose senders ask again for the answer. What takes its time is to load the table; once that is done, the
 * answer stands at a fixed place of its log and is sent like any other. The same key brings the same query, so that
 * whoever lost the connection does not begin anew. Kept in this process: after a restart the sender is told to begin
 * again. Safe for many threads.
 */
public final class AsyncQueries {
    /** Longer than clients ask again for. */
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final int MOST = 1_000;

    private final Executor executor;
    private final Duration patience;
    private final Cache<Key, Query> byKey =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Cache<String, Query> byId =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    /** @param patience how long a call waits before its sender is asked to come again */
    public AsyncQueries(Executor executor, Duration patience) {
        this.executor = executor;
        this.patience = patience;
    }

    private record Key(Question question, String idempotencyKey) {}

    /** @param place where the answer stands, once that is known */
    record Query(String id, Question question, QueryRequest request, CompletableFuture<Place> place) {}

    /** Begins a query, unless it has begun already. */
    Query begin(Question question, String idempotencyKey, QueryRequest request, Supplier<Place> work) {
        Key key = new Key(question, idempotencyKey);
        Query fresh = new Query(UUID.randomUUID().toString(), question, request, new CompletableFuture<>());
        Query query = byKey.get(key, absent -> fresh);
        if (query == fresh) {
            byId.put(query.id(), query);
            executor.execute(() -> run(key, query, work));
        }
        return query;
    }

    private void run(Key key, Query query, Supplier<Place> work) {
        try {
            query.place().complete(work.get());
        } catch (RuntimeException e) {
            // What failed may be tried again under the same key.
            byKey.invalidate(key);
            query.place().completeExceptionally(e);
        }
    }

    /** A query that somebody asks for again: only who began it finds it. */
    Query find(String id, Function<QueryRequest, Question> asked) {
        return Optional.ofNullable(byId.getIfPresent(id))
                .filter(query -> asked.apply(query.request()).equals(query.question()))
                .orElseThrow(() -> Failure.invalid(
                        "There is no query \"%s\" of yours on this table, or no longer. Send the query again.", id));
    }

    /** Empty when it is not known yet. */
    Optional<Place> await(Query query) {
        try {
            return Optional.of(query.place().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) throw refused;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
