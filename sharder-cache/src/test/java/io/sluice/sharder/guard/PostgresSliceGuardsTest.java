package io.sluice.sharder.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sharder.testkit.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresSliceGuardsTest extends SliceGuardsContract {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Override
    Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Test
    void aChangeOfGuardWaitsForTheWritesThatHaveCheckedAlready() throws SQLException {
        // Shows why a mere WHERE EXISTS is not enough: here the new owner cannot read before the old write has landed.
        Guard old = install(former, SLICE, FORMER, 1);
        former.setAutoCommit(false);
        guards.check(former, KEY, old);
        write(former, "in time");

        CompletableFuture<String> memory = CompletableFuture.supplyAsync(this::takeOver);
        Eventually.holds(() -> locksWaitedFor() == 1);
        assertThat(memory).isNotDone();
        commit(former);

        assertThat(memory.join()).isEqualTo("in time");
    }

    @Test
    void writersOfOneTargetDoNotWaitForEachOther() throws SQLException {
        Guard guard = install(former, SLICE, FORMER, 1);
        former.setAutoCommit(false);
        present.setAutoCommit(false);
        guards.check(former, KEY, guard);
        guards.check(present, KEY, guard);

        assertThat(locksWaitedFor()).isZero();
    }

    @Test
    void anIsolationLevelAtWhichTheCheckWouldReadThePastIsRefused() throws SQLException {
        former.setAutoCommit(false);
        former.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

        assertThatThrownBy(() -> guards.check(former, KEY, Guard.fresh())).hasMessageContaining("READ COMMITTED");
    }

    private String takeOver() {
        try {
            install(present, SLICE, PRESENT, 2);
            return read(present);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long locksWaitedFor() throws SQLException {
        try (Connection observer = postgres.getPostgresDatabase().getConnection();
                Statement statement = observer.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
            row.next();
            return row.getLong(1);
        }
    }
}
