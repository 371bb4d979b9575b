package io.sluice.crypto.hierarchy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Transactions of the surrounding program. A write that changes who may read carries what the audit log should say, so
 * that both stand or fall together.
 */
public interface KeyTransactions {
    <T> T write(String action, String scope, Map<String, String> parameters, Work<T> work);

    <T> T read(Work<T> work);

    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }
}
