package io.sluice.sharder.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements that give up in time. Whatever goes wrong is told as {@link StoreLostException}. */
final class Sql {
    private final DataSource connections;

    Sql(DataSource connections) {
        this.connections = connections;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Call call) throws SQLException;
    }

    /** @param keep whether the transaction is to be committed */
    record Ended<T>(boolean keep, T result) {}

    /** Each statement is a transaction by itself. */
    <T> T alone(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(true);
            return work.on(new Call(connection));
        } catch (SQLException e) {
            throw new StoreLostException("the store of the shards does not answer: " + e.getMessage(), e);
        }
    }

    /** All statements are one transaction. */
    <T> T together(Work<Ended<T>> work) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Ended<T> ended = work.on(new Call(connection));
                if (ended.keep()) connection.commit();
                else connection.rollback();
                return ended.result();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreLostException("the store of the shards does not answer: " + e.getMessage(), e);
        }
    }

    record Call(Connection connection) {
        int update(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(sql, values)) {
                return statement.executeUpdate();
            }
        }

        List<Found> query(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepare(sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<Found> found = new ArrayList<>();
                while (rows.next()) found.add(Found.read(rows));
                return found;
            }
        }

        private PreparedStatement prepare(String sql, Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setQueryTimeout(ShardStore.PATIENCE_SECONDS);
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof Long number) statement.setLong(i + 1, number);
                else statement.setString(i + 1, (String) values[i]);
            }
            return statement;
        }
    }

    /** A row that was read. */
    record Found(@Nullable Object[] values) {
        static Found read(ResultSet rows) throws SQLException {
            @Nullable Object[] values = new Object[rows.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) values[i] = rows.getObject(i + 1);
            return new Found(values);
        }

        Optional<String> text(int column) {
            return Optional.ofNullable((String) values[column]);
        }

        /** 0 where there is none. */
        long number(int column) {
            return values[column] instanceof Number number ? number.longValue() : 0;
        }
    }
}
