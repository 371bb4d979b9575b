package io.sluice.catalog.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What differs between the two databases; everything else is one SQL text. */
enum Dialect {
    SQLITE(
            "BEGIN",
            Map.of(
                    "names_sort_by_bytes", "SELECT 1",
                    "by_bytes", "",
                    "owner_of_body", "json_extract(body, '$.stamp.owner')",
                    "location_of_body", "json_extract(body, '$.location')")) {
        @Override
        Optional<String> lockOfText() {
            return Optional.empty();
        }

        @Override
        boolean isDuplicate(SQLException failure) {
            String text = String.valueOf(failure.getMessage());
            return text.contains("SQLITE_CONSTRAINT_UNIQUE") || text.contains("SQLITE_CONSTRAINT_PRIMARYKEY");
        }

        @Override
        boolean isBrokenReference(SQLException failure) {
            return String.valueOf(failure.getMessage()).contains("SQLITE_CONSTRAINT_FOREIGNKEY");
        }

        @Override
        boolean isLostConnection(SQLException failure) {
            return false;
        }

        @Override
        boolean isUndone(SQLException failedCommit) {
            String text = String.valueOf(failedCommit.getMessage());
            return text.contains("SQLITE_FULL") || text.contains("SQLITE_IOERR_WRITE");
        }
    },
    POSTGRESQL(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Map.of(
                    "names_sort_by_bytes", "ALTER TABLE securable ALTER COLUMN name TYPE TEXT COLLATE \"C\"",
                    "by_bytes", "COLLATE \"C\"",
                    "owner_of_body", "body::json -> 'stamp' ->> 'owner'",
                    "location_of_body", "body::json ->> 'location'")) {
        @Override
        Optional<String> lockOfText() {
            return Optional.of("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))");
        }

        @Override
        boolean isDuplicate(SQLException failure) {
            return "23505".equals(failure.getSQLState());
        }

        @Override
        boolean isBrokenReference(SQLException failure) {
            return "23503".equals(failure.getSQLState());
        }

        @Override
        boolean isLostConnection(SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            // 08: the connection; 57P: the server is told to stop, has crashed, or is not up yet.
            return state.startsWith("08") || state.startsWith("57P");
        }

        @Override
        boolean isUndone(SQLException failedCommit) {
            return false;
        }
    };

    private final String beginRead;
    private final Map<String, String> placeholders;

    Dialect(String beginRead, Map<String, String> placeholders) {
        this.beginRead = beginRead;
        this.placeholders = placeholders;
    }

    /** What stands in migrations where the two differ. */
    Map<String, String> placeholders() {
        return placeholders;
    }

    /**
     * Keeps others who lock the same text waiting until the transaction ends; empty where writers come one by one
     * anyhow. It takes the text as its parameter.
     */
    abstract Optional<String> lockOfText();

    /** Opens a transaction that sees one instant. */
    String beginRead() {
        return beginRead;
    }

    abstract boolean isDuplicate(SQLException failure);

    abstract boolean isBrokenReference(SQLException failure);

    /** Whether a commit that failed is known to have changed nothing, as when the disk is full. */
    abstract boolean isUndone(SQLException failedCommit);

    /** Whether the other connections to the database are probably lost as well. */
    abstract boolean isLostConnection(SQLException failure);
}
