package io.sluice.catalog.store;

import java.sql.SQLException;

/** Carries an {@link SQLException} through calls that cannot declare it. */
final class SqlTrouble extends RuntimeException {
    private final transient SQLException sql;

    SqlTrouble(SQLException sql) {
        super(sql);
        this.sql = sql;
    }

    SQLException sql() {
        return sql;
    }
}
