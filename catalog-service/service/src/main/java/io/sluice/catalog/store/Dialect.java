package io.sluice.catalog.store;

import java.sql.SQLException;

/** What differs between the two databases; everything else is one SQL text. */
enum Dialect {
    SQLITE("BEGIN") {
        @Override
        boolean isDuplicate(SQLException failure) {
            String text = String.valueOf(failure.getMessage());
            return text.contains("SQLITE_CONSTRAINT_UNIQUE") || text.contains("SQLITE_CONSTRAINT_PRIMARYKEY");
        }

        @Override
        boolean isBrokenReference(SQLException failure) {
            return String.valueOf(failure.getMessage()).contains("SQLITE_CONSTRAINT_FOREIGNKEY");
        }
    },
    POSTGRESQL("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
        @Override
        boolean isDuplicate(SQLException failure) {
            return "23505".equals(failure.getSQLState());
        }

        @Override
        boolean isBrokenReference(SQLException failure) {
            return "23503".equals(failure.getSQLState());
        }
    };

    private final String beginRead;

    Dialect(String beginRead) {
        this.beginRead = beginRead;
    }

    /** Opens a transaction that sees one instant. */
    String beginRead() {
        return beginRead;
    }

    abstract boolean isDuplicate(SQLException failure);

    abstract boolean isBrokenReference(SQLException failure);
}
