package io.sluice.client.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Parquet files by somebody else's writer: DuckDB's. */
public final class DuckFiles {
    private DuckFiles() {}

    /** @param options of DuckDB's COPY, for example {@code COMPRESSION zstd} */
    public static Path write(Path file, String select, String options) {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet%s)"
                    .formatted(select, file, options.isEmpty() ? "" : ", " + options));
            return file;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
