package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.EntityName;
import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that come while another one of the same catalog is at work. The first is held until the others have lined up. */
abstract class TogetherContract {
    private static final Territory CATALOG = Territory.of(EntityName.of("retail"));

    private final AtomicInteger transactions = new AtomicInteger();
    private volatile boolean isGuardLost;
    private Database database;
    private SqlUnitOfWork work;

    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void makeNotes() throws Exception {
        database = Database.open(freshStore());
        work = new SqlUnitOfWork(database, new Guarding(), Clock.systemUTC(), () -> Origin.internal("test"));
        work.aside(connection -> {
            execute(connection, "DROP TABLE IF EXISTS note");
            execute(connection, "CREATE TABLE note (word TEXT NOT NULL PRIMARY KEY)");
            return 0;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void writesThatWaitGoIntoOneTransaction() throws Exception {
        Line line = new Line();
        line.add("a", "b", "c", "d");
        line.letGo();

        assertThat(line.refusals()).isZero();
        assertThat(words()).containsExactly("a", "b", "c", "d", "first");
        assertThat(transactions).hasValue(1);
    }

    @Test
    void oneThatFailsIsUndoneAloneAndTheOthersStand() throws Exception {
        Line line = new Line();
        line.add("a", "first", "b");
        line.letGo();

        assertThat(line.refusals()).isEqualTo(1);
        assertThat(words()).containsExactly("a", "b", "first");
    }

    @Test
    void whenTheFirstFailsTheNextOneTakesTheOthersAlong() throws Exception {
        Line line = new Line(() -> {
            throw Failure.conflict("Read again.");
        });
        line.add("a", "b", "c");
        line.letGo();

        assertThat(line.refusals()).isEqualTo(1);
        assertThat(words()).containsExactly("a", "b", "c");
        assertThat(transactions).hasValue(2);
    }

    @Test
    void eachIsToldWhenTheCatalogHasMovedAway() throws Exception {
        Line line = new Line(() -> {
            isGuardLost = true;
            throw Failure.conflict("Read again.");
        });
        line.add("a", "b", "c");
        line.letGo();

        assertThat(line.refusals()).isEqualTo(4);
        assertThat(words()).isEmpty();
    }

    @Test
    void whatFollowsACommitRunsInTheOrderOfTheWrites() throws Exception {
        Line line = new Line();
        line.add("a", "b", "c", "d", "e");
        line.letGo();

        assertThat(line.refusals()).isZero();
        assertThat(line.landed).containsExactly("first", "a", "b", "c", "d", "e");
    }

    @Test
    void aFailureOfOneIsWhatItWasForItsWriter() {
        assertThatThrownBy(() -> work.write(CATALOG, transaction -> {
                    throw Failure.conflict("Read again.");
                }))
                .isInstanceOf(Failure.class)
                .hasMessage("Read again.");
        assertThat(work.<Integer>write(CATALOG, transaction -> 1)).isEqualTo(1);
    }

    /** One that holds the catalog, and those behind it in a known order. */
    private final class Line {
        private final CompletableFuture<@Nullable Void> isOpen = new CompletableFuture<>();
        private final List<FutureTask<@Nullable Void>> writers = new ArrayList<>();
        final List<String> landed = new ArrayList<>();

        Line() throws InterruptedException {
            this(() -> {});
        }

        /** @param end of the first one's write */
        Line(Pause end) throws InterruptedException {
            CountDownLatch isIn = new CountDownLatch(1);
            start(() -> note("first", () -> {
                isIn.countDown();
                isOpen.join();
                end.take();
            }));
            isIn.await();
        }

        void add(String... words) {
            for (String word : words) {
                Thread thread = start(() -> note(word, () -> {}));
                while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
            }
        }

        private Thread start(Runnable write) {
            FutureTask<@Nullable Void> task = new FutureTask<>(write, null);
            writers.add(task);
            Thread thread = new Thread(task);
            thread.start();
            return thread;
        }

        private void note(String word, Pause pause) {
            work.write(CATALOG, transaction -> {
                try (PreparedStatement insert =
                        transaction.connection().prepareStatement("INSERT INTO note (word) VALUES (?)")) {
                    insert.setString(1, word);
                    insert.executeUpdate();
                }
                transaction.afterCommit(() -> landed.add(word));
                pause.take();
                return word;
            });
        }

        void letGo() {
            isOpen.complete(null);
        }

        /** How many were refused, once all have ended. */
        long refusals() throws InterruptedException {
            long refused = 0;
            for (FutureTask<@Nullable Void> writer : writers) {
                try {
                    writer.get();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(Failure.class);
                    refused++;
                }
            }
            return refused;
        }
    }

    private interface Pause {
        void take();
    }

    private Set<String> words() {
        return work.read(connection -> {
            Set<String> words = new TreeSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT word FROM note")) {
                while (rows.next()) words.add(rows.getString(1));
            }
            return words;
        });
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private final class Guarding implements Estate {
        @Override
        public Claim claim(Territory territory) {
            return Claim.ours(1);
        }

        @Override
        public WritePermit permit(Territory territory) {
            return new WritePermit() {
                @Override
                public void check(Connection connection) {
                    transactions.incrementAndGet();
                    if (isGuardLost)
                        throw Failure.unavailable(null, "%s has moved to another pod. Try again.", territory);
                }

                @Override
                public void doubt() {}

                @Override
                public void close() {}
            };
        }
    }
}
