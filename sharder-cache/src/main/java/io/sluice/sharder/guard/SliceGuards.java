package io.sluice.sharder.guard;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The write guards of one target, after CLINK (OSDI 2026), in the metadata store itself. An owner installs a guard for
 * its slice before it serves from memory, and every write checks that guard inside its own transaction. A write that was
 * delayed until after a new owner installed its guard finds another one and does not commit; a change of guard waits for
 * the writes that have checked already.
 *
 * <p>Works on the transaction of the connection it is given and neither commits nor rolls back. Thread-safe, as it holds
 * no state. Writers that bypass the check (migrations, repairs by hand) must {@link #install} a guard of their own over
 * what they touch, or the owners' memories are wrong.
 */
public final class SliceGuards {
    private static final String INFINITY = "infinity";

    private final Target target;

    public SliceGuards(Target target) {
        this.target = target;
    }

    /**
     * Fences all other owners off the slice with a fresh guard. Where only a part of another's range is taken, the rest
     * keeps its guard. Requires an open transaction, of READ COMMITTED on PostgreSQL and best begun IMMEDIATE on SQLite;
     * the guard is valid once that has committed. After a commit of unknown outcome, install again.
     *
     * @param generation the {@code since} of the owner's tenure
     */
    public InstallOutcome install(Connection connection, Slice slice, Resource owner, Generation generation)
            throws SQLException {
        requireTransaction(connection);
        Dialect.of(connection).lockForInstalling(connection, target);
        List<Row> overlapping = overlapping(connection, slice);
        Optional<Row> stronger = overlapping.stream()
                .filter(row -> row.outranks(owner, generation))
                .findFirst();
        if (stronger.isPresent())
            return new InstallOutcome.Outrun(stronger.get().generation());
        Guard guard = Guard.fresh();
        for (Row row : overlapping) {
            delete(connection, row);
            for (Slice rest : row.slice().minus(slice)) insert(connection, row.over(rest));
        }
        insert(connection, new Row(slice, guard.toString(), owner.toString(), generation));
        return new InstallOutcome.Installed(guard);
    }

    /**
     * Called first in every guarded write's own transaction, of READ COMMITTED on PostgreSQL. If it returns, no other
     * guard can come to cover the key before the transaction ends.
     *
     * @throws GuardLostException if another guard covers the key, or none does: roll back
     */
    public void check(Connection connection, SliceKey key, Guard guard) throws SQLException {
        requireTransaction(connection);
        Dialect.of(connection).lockForWriting(connection, target);
        Optional<Row> row = covering(connection, key);
        if (row.isEmpty()) throw new GuardLostException(target, key, guard, "no guard covers the key");
        if (!row.get().guard().equals(guard.toString()))
            throw new GuardLostException(
                    target,
                    key,
                    guard,
                    "that of " + row.get().owner() + " covers the key since generation "
                            + row.get().generation());
    }

    private static void requireTransaction(Connection connection) throws SQLException {
        if (connection.getAutoCommit())
            throw new IllegalStateException("guards need a transaction: switch auto-commit off first");
    }

    private List<Row> overlapping(Connection connection, Slice slice) throws SQLException {
        return select(connection, " AND low <= ? AND high > ? ORDER BY low", slice.last(), slice.low());
    }

    private Optional<Row> covering(Connection connection, SliceKey key) throws SQLException {
        return select(connection, " AND low <= ? AND high > ?", key, key).stream()
                .findFirst();
    }

    private List<Row> select(Connection connection, String condition, SliceKey last, SliceKey first)
            throws SQLException {
        String sql = "SELECT low, high, guard, owner, generation FROM slice_guard WHERE target = ?" + condition;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, target.name());
            statement.setString(2, last.toString());
            statement.setString(3, first.toString());
            try (ResultSet found = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (found.next()) rows.add(Row.read(found));
                return rows;
            }
        }
    }

    private void delete(Connection connection, Row row) throws SQLException {
        String sql = "DELETE FROM slice_guard WHERE target = ? AND low = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, target.name());
            statement.setString(2, row.slice().low().toString());
            statement.executeUpdate();
        }
    }

    private void insert(Connection connection, Row row) throws SQLException {
        String sql = "INSERT INTO slice_guard (target, low, high, guard, owner, generation) VALUES (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, target.name());
            statement.setString(2, row.slice().low().toString());
            statement.setString(3, row.slice().high().map(SliceKey::toString).orElse(INFINITY));
            statement.setString(4, row.guard());
            statement.setString(5, row.owner());
            statement.setString(6, row.generation().toString());
            statement.executeUpdate();
        }
    }

    private record Row(Slice slice, String guard, String owner, Generation generation) {
        static Row read(ResultSet found) throws SQLException {
            SliceKey low = SliceKey.parse(found.getString(1));
            String high = found.getString(2);
            return new Row(
                    high.equals(INFINITY) ? Slice.from(low) : Slice.of(low, SliceKey.parse(high)),
                    found.getString(3),
                    found.getString(4),
                    Generation.parse(found.getString(5)));
        }

        /** One generation gives a slice to one owner, so an equal one in other hands is a contradiction: refuse. */
        boolean outranks(Resource pod, Generation other) {
            return other.isBefore(generation) || (generation.equals(other) && !owner.equals(pod.toString()));
        }

        Row over(Slice part) {
            return new Row(part, guard, owner, generation);
        }
    }
}
