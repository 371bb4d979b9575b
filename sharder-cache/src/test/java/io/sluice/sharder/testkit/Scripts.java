package io.sluice.sharder.testkit;

import io.sluice.sharder.store.ShardStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Our migrations, run by hand. */
public final class Scripts {
    private Scripts() {}

    public static void run(DataSource database, String name) throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            run(connection, name);
        }
    }

    public static void run(Connection connection, String name) throws SQLException, IOException {
        try (InputStream script = ShardStore.class.getResourceAsStream("/db/sharder/" + name);
                Statement statement = connection.createStatement()) {
            for (String part : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";"))
                if (!part.isBlank()) statement.execute(part);
        }
    }
}
