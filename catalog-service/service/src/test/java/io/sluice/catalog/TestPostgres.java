package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL for all tests of this process, started with the first that asks; it stops with the process. */
final class TestPostgres {
    private static @Nullable EmbeddedPostgres running;
    private static int databases;

    private TestPostgres() {}

    /** A database that nobody else uses. */
    static synchronized StoreUrl freshStore() throws IOException, SQLException {
        EmbeddedPostgres postgres = running;
        if (postgres == null) running = postgres = EmbeddedPostgres.builder().start();
        String name = "metastore_" + ++databases;
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        }
        return StoreUrl.parse("postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/" + name);
    }
}
