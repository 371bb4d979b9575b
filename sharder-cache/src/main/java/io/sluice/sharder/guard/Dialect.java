package io.sluice.sharder.guard;

import com.google.common.hash.Hashing;
import io.sluice.sharder.Target;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How guarded writes and changes of guard keep out of each other's way. Both kinds hold on until their commit. */
enum Dialect {
    /**
     * Transaction-scoped advisory locks: writers share, a change of guard excludes. A mere {@code WHERE EXISTS} would not
     * do: it does not make the change wait for a write that has checked but not committed.
     */
    POSTGRESQL {
        @Override
        void lockForWriting(Connection connection, Target target) throws SQLException {
            lock(connection, target, "pg_advisory_xact_lock_shared");
        }

        @Override
        void lockForInstalling(Connection connection, Target target) throws SQLException {
            lock(connection, target, "pg_advisory_xact_lock");
        }
    },

    /**
     * SQLite has one writer. In a transaction begun IMMEDIATE, the check already excludes every other change; in a
     * deferred one, a change of guard after the check makes the first write fail with SQLITE_BUSY_SNAPSHOT. Either way
     * nothing is left to lock.
     */
    SQLITE {
        @Override
        void lockForWriting(Connection connection, Target target) {
            // The one writer is us.
        }

        @Override
        void lockForInstalling(Connection connection, Target target) {
            // The one writer is us.
        }
    };

    abstract void lockForWriting(Connection connection, Target target) throws SQLException;

    abstract void lockForInstalling(Connection connection, Target target) throws SQLException;

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "SQLite" -> SQLITE;
            default ->
                throw new IllegalArgumentException("write guards do not know how " + product
                        + " locks. Use SQLite or PostgreSQL as the metadata store.");
        };
    }

    // One statement, so that the isolation level costs no round trip. Under REPEATABLE READ the snapshot would be taken
    // before the lock is granted, and the check would read the guard of before the change it waited for.
    private static void lock(Connection connection, Target target, String function) throws SQLException {
        String sql = "SELECT current_setting('transaction_isolation'), " + function + "(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lockNumber(target));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String isolation = row.getString(1);
                if (!isolation.equals("read committed"))
                    throw new IllegalStateException("a guarded transaction must run at READ COMMITTED, not at "
                            + isolation + ": there, the check would not see the newest guard");
            }
        }
    }

    private static long lockNumber(Target target) {
        return Hashing.farmHashFingerprint64()
                .hashString("io.sluice.slice_guard/" + target, StandardCharsets.UTF_8)
                .asLong();
    }
}
