package io.sluice.catalog.store;

import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Who writes to which catalog. The writers of one catalog wait for each other anyway, because the numbers of its log have
 * no gaps. So those who come while one is at work line up, and whoever is first then takes the others along in its
 * transaction. Safe for use by many threads.
 */
final class Convoys {
    /** So that nobody who leads waits for long, and far below what makes PostgreSQL's savepoints slow. */
    static final int MOST_TOGETHER = 32;

    private final int mostTogether;
    /** Of each catalog that is being written to, those who wait. */
    private final Map<Territory, Deque<Passenger>> lines = new HashMap<>();

    /** @param mostTogether 1 lets each write travel alone */
    Convoys(int mostTogether) {
        this.mostTogether = mostTogether;
    }

    int mostTogether() {
        return mostTogether;
    }

    boolean isFor(Territory territory) {
        return mostTogether > 1 && territory.catalog().isPresent();
    }

    /** Empty for who leads now, and has to {@link #leave} in the end. */
    synchronized Optional<Passenger> enter(Territory territory) {
        Deque<Passenger> line = lines.get(territory);
        if (line == null) {
            lines.put(territory, new ArrayDeque<>());
            return Optional.empty();
        }
        Passenger last = new Passenger();
        line.add(last);
        return Optional.of(last);
    }

    synchronized Optional<Passenger> next(Territory territory) {
        return Optional.ofNullable(
                lines.getOrDefault(territory, new ArrayDeque<>()).poll());
    }

    /** Whoever is first in line leads now. */
    synchronized void leave(Territory territory) {
        Optional<Passenger> next = next(territory);
        if (next.isPresent()) next.get().boarding.complete(Optional.empty());
        else lines.remove(territory);
    }

    /**
     * A write that waits. It runs on the thread that wants it, with all that hangs on that thread; only the connection
     * comes from the leader's.
     */
    static final class Passenger {
        private final CompletableFuture<Optional<Connection>> boarding = new CompletableFuture<>();
        private final CompletableFuture<Optional<SqlTransaction>> written = new CompletableFuture<>();
        private final CompletableFuture<Void> landed = new CompletableFuture<>();

        /** The leader's connection, once it may be written to; empty for who leads now. */
        Optional<Connection> awaitBoarding() {
            return outcome(boarding);
        }

        /** @param transaction empty after a failure, when all that was done is to be undone */
        void written(Optional<SqlTransaction> transaction) {
            written.complete(transaction);
        }

        void awaitLanding() {
            outcome(landed);
        }

        /** For the leader: lets it write, and waits until it has. */
        Optional<SqlTransaction> board(Connection connection) {
            boarding.complete(Optional.of(connection));
            return outcome(written);
        }

        void landed() {
            landed.complete(null);
        }

        /** What the leader failed of is this one's failure too. Does nothing to one that has landed. */
        void lost(Throwable failure) {
            boarding.completeExceptionally(failure);
            landed.completeExceptionally(failure);
        }

        private static <T> T outcome(CompletableFuture<T> future) {
            try {
                return future.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) throw failure;
                if (e.getCause() instanceof Error error) throw error;
                throw e;
            }
        }
    }
}
