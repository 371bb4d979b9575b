package io.sluice.catalog.store;

import java.sql.SQLException;

/** Carries an {@link SQLException} through calls that cannot declare it. */
final class SqlTrouble extends RuntimeException {
    SqlTrouble(SQLException cause) {
        super(cause);
    }

    SQLException sql() {
        return (SQLException) getCause();
    }
}
