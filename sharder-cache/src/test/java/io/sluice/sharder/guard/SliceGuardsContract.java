package io.sluice.sharder.guard;

import static io.sluice.sharder.testkit.Maps.generation;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What write guards promise, whatever the database. The owner's data is one row of a table {@code item}. */
abstract class SliceGuardsContract {
    static final SliceKey KEY = new SliceKey(10);
    static final Slice SLICE = Slice.of(SliceKey.ROOT, new SliceKey(100));
    static final Resource FORMER = pod("former");
    static final Resource PRESENT = pod("present");

    final SliceGuards guards = new SliceGuards(new Target("catalog"));
    Connection former;
    Connection present;

    /** A connection whose transactions begin as the product's guarded ones do. */
    abstract Connection connect() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        former = connect();
        present = connect();
        try (Statement statement = former.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS slice_guard");
            statement.execute("DROP TABLE IF EXISTS item");
            statement.execute("CREATE TABLE item (value TEXT NOT NULL)");
            statement.execute("INSERT INTO item VALUES ('old')");
            statement.execute(migration());
        }
    }

    @AfterEach
    void close() throws SQLException {
        former.close();
        present.close();
    }

    @Test
    void theOwnerOfTheGuardMayWrite() throws SQLException {
        Guard guard = install(former, SLICE, FORMER, 1);

        assertThatCode(() -> check(former, KEY, guard)).doesNotThrowAnyException();
    }

    @Test
    void withGuardsOffADelayedWriteMakesTheNewOwnersMemoryWrong() throws SQLException {
        // The anomaly: the new owner reads and serves from memory, then a write of the former owner arrives late.
        String memory = read(present);
        former.setAutoCommit(false);
        write(former, "late");
        commit(former);

        assertThat(read(present)).isNotEqualTo(memory);
    }

    @Test
    void withGuardsOnADelayedWriteNeverCommits() throws SQLException {
        Guard old = install(former, SLICE, FORMER, 1);
        install(present, SLICE, PRESENT, 2);
        String memory = read(present);

        assertThatThrownBy(() -> {
                    former.setAutoCommit(false);
                    guards.check(former, KEY, old);
                    write(former, "late");
                    former.commit();
                })
                .isInstanceOf(GuardLostException.class)
                .hasMessageContaining(PRESENT.toString());
        former.rollback();
        former.setAutoCommit(true);

        assertThat(read(present)).isEqualTo(memory);
    }

    @Test
    void aFormerOwnerCannotTakeTheSliceBack() throws SQLException {
        install(present, SLICE, PRESENT, 2);

        former.setAutoCommit(false);
        assertThat(guards.install(former, SLICE, FORMER, generation(1)))
                .isEqualTo(new InstallOutcome.Outrun(generation(2)));
        assertThat(guards.install(former, Slice.of(KEY, new SliceKey(11)), FORMER, generation(1)))
                .isEqualTo(new InstallOutcome.Outrun(generation(2)));
    }

    @Test
    void theSameOwnerMayInstallAgainAndItsOwnOldGuardIsThenFencedToo() throws SQLException {
        // Shows the way out of a commit of unknown outcome.
        Guard first = install(former, SLICE, FORMER, 1);
        Guard second = install(former, SLICE, FORMER, 1);

        assertThatCode(() -> check(former, KEY, second)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(former, KEY, first)).isInstanceOf(GuardLostException.class);
    }

    @Test
    void whatIsLeftOfARangeKeepsItsGuard() throws SQLException {
        Guard whole = install(former, Slice.ALL, FORMER, 1);
        Guard part = install(present, SLICE, PRESENT, 2);

        assertThatCode(() -> check(former, SliceKey.of("elsewhere"), whole)).doesNotThrowAnyException();
        assertThatCode(() -> check(former, new SliceKey(-1), whole)).doesNotThrowAnyException();
        assertThatCode(() -> check(former, KEY, part)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(former, KEY, whole)).isInstanceOf(GuardLostException.class);
    }

    @Test
    void mergedRangesGetOneGuard() throws SQLException {
        Guard lower = install(former, SLICE, FORMER, 1);
        Guard upper = install(present, Slice.from(new SliceKey(100)), PRESENT, 1);
        Guard whole = install(present, Slice.ALL, PRESENT, 2);

        assertThatCode(() -> check(present, KEY, whole)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(present, KEY, lower)).isInstanceOf(GuardLostException.class);
        assertThatThrownBy(() -> check(present, new SliceKey(-1), upper)).isInstanceOf(GuardLostException.class);
    }

    @Test
    void aKeyWithoutAGuardCannotBeWrittenTo() {
        assertThatThrownBy(() -> check(former, KEY, Guard.fresh()))
                .isInstanceOf(GuardLostException.class)
                .hasMessageContaining("no guard covers the key");
    }

    @Test
    void targetsDoNotFenceEachOther() throws SQLException {
        Guard guard = install(former, SLICE, FORMER, 1);
        present.setAutoCommit(false);
        new SliceGuards(new Target("files")).install(present, Slice.ALL, PRESENT, generation(2));
        commit(present);

        assertThatCode(() -> check(former, KEY, guard)).doesNotThrowAnyException();
    }

    @Test
    void withoutATransactionNothingIsGuarded() {
        assertThatThrownBy(() -> guards.check(former, KEY, Guard.fresh())).hasMessageContaining("auto-commit");
    }

    Guard install(Connection connection, Slice slice, Resource owner, long generation) throws SQLException {
        connection.setAutoCommit(false);
        InstallOutcome outcome = guards.install(connection, slice, owner, generation(generation));
        commit(connection);
        return ((InstallOutcome.Installed) outcome).guard();
    }

    /** A guarded write that has nothing to write. */
    private void check(Connection connection, SliceKey key, Guard guard) throws SQLException {
        connection.setAutoCommit(false);
        try {
            guards.check(connection, key, guard);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    static void commit(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM item")) {
            row.next();
            return row.getString(1);
        }
    }

    static void write(Connection connection, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE item SET value = '" + value + "'");
        }
    }

    private static String migration() {
        try (InputStream script = SliceGuards.class.getResourceAsStream("/db/sharder/V1__guards.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
