package io.sluice.sharing.internal;

import io.sluice.sharing.Authorship;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL over the connection of a transaction that somebody else opened and will end. */
public final class Sql {
    private Sql() {}

    /** Not to be closed: closing a handle inside a transaction counts as an error, and it holds nothing of its own. */
    public static Handle over(Connection connection) {
        return Jdbi.create(connection).open();
    }

    public static <S extends SqlStatement<S>> S bind(S statement, Authorship authorship) {
        return statement
                .bind("createdAt", authorship.createdAt().toEpochMilli())
                .bind("createdBy", authorship.createdBy())
                .bind("updatedAt", authorship.updatedAt().toEpochMilli())
                .bind("updatedBy", authorship.updatedBy());
    }

    public static Authorship authorship(ResultSet row) throws SQLException {
        return new Authorship(
                instant(row, "created_at"),
                row.getString("created_by"),
                instant(row, "updated_at"),
                row.getString("updated_by"));
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    public static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
