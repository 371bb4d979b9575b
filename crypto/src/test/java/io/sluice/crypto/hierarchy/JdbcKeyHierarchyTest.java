package io.sluice.crypto.hierarchy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

class JdbcKeyHierarchyTest extends KeyHierarchyContract {
    @Override
    KeyStore freshStore() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("keys.db");
        try (Connection connection = DriverManager.getConnection(url)) {
            for (String statement : script().split(";\n"))
                if (!statement.isBlank()) connection.createStatement().execute(statement);
        }
        return new JdbcKeyStore(new OneAtATime(url));
    }

    private static String script() throws IOException {
        try (InputStream script = JdbcKeyHierarchyTest.class.getResourceAsStream("/db/crypto/V1__keys.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The surrounding program's transactions, one after another. */
    private record OneAtATime(String url) implements KeyTransactions {
        @Override
        public synchronized <T> T write(String action, String scope, Map<String, String> parameters, Work<T> work) {
            return read(work);
        }

        @Override
        public synchronized <T> T read(Work<T> work) {
            try (Connection connection = DriverManager.getConnection(url)) {
                return work.in(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
