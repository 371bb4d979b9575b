package io.sluice.crypto.hierarchy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps keys in the metadata database. One SQL text serves SQLite and PostgreSQL. */
public final class JdbcKeyStore implements KeyStore {
    private static final String SCOPE =
            "SELECT scope, state, epoch, cmk_uri, kek_id, kek_version, wrapped_x," + " wrapped_kek FROM key_scope";
    private static final String DEK = "SELECT id, version, scope, subject, kek_id, kek_version, wrapped FROM data_key";

    private final KeyTransactions transactions;

    public JdbcKeyStore(KeyTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<ScopeRow> scopes() {
        return transactions.read(connection -> select(connection, SCOPE + " ORDER BY scope", JdbcKeyStore::scopeRow));
    }

    @Override
    public Optional<ScopeRow> scope(String scope) {
        return transactions.read(
                connection -> select(connection, SCOPE + " WHERE scope = ?", JdbcKeyStore::scopeRow, scope).stream()
                        .findFirst());
    }

    @Override
    public ScopeRow insertIfAbsent(ScopeRow row) {
        boolean isOurs = tried(
                "registerScope",
                row.scope(),
                Map.of("cmk", row.cmkUri()),
                connection -> execute(
                        connection,
                        "INSERT INTO key_scope (scope, state, epoch, cmk_uri, kek_id, kek_version, wrapped_x, wrapped_kek)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope) DO NOTHING",
                        row.scope(),
                        row.state().name(),
                        row.epoch(),
                        row.cmkUri(),
                        row.kekId(),
                        row.kekVersion(),
                        row.wrappedX(),
                        row.wrappedKek()));
        return isOurs ? row : scope(row.scope()).orElseThrow();
    }

    @Override
    public boolean move(ScopeRow next, String action, String reason) {
        Map<String, String> told = Map.of("epoch", String.valueOf(next.epoch()), "reason", reason);
        return tried(
                action,
                next.scope(),
                told,
                connection -> execute(
                        connection,
                        "UPDATE key_scope SET state = ?, epoch = ? WHERE scope = ? AND epoch = ?",
                        next.state().name(),
                        next.epoch(),
                        next.scope(),
                        next.epoch() - 1));
    }

    @Override
    public Optional<DekRow> current(String scope, String subject) {
        return transactions.read(connection -> current(connection, scope, subject));
    }

    private static Optional<DekRow> current(Connection connection, String scope, String subject) throws SQLException {
        return select(
                        connection,
                        DEK + " WHERE scope = ? AND subject = ? ORDER BY version DESC",
                        JdbcKeyStore::dekRow,
                        scope,
                        subject)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<DekRow> find(String id, int version) {
        return transactions.read(connection ->
                select(connection, DEK + " WHERE id = ? AND version = ?", JdbcKeyStore::dekRow, id, version).stream()
                        .findFirst());
    }

    @Override
    public DekRow insertIfAbsent(DekRow row) {
        boolean isOurs = tried(
                "createDataKey",
                row.scope(),
                Map.of("dek", row.id()),
                connection -> execute(
                        connection,
                        "INSERT INTO data_key (id, version, scope, subject, kek_id, kek_version, wrapped)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, subject, version) DO NOTHING",
                        row.id(),
                        row.version(),
                        row.scope(),
                        row.subject(),
                        row.kekId(),
                        row.kekVersion(),
                        row.wrapped()));
        return isOurs ? row : current(row.scope(), row.subject()).orElseThrow();
    }

    /** Whether the change met its row. If not, the transaction is given up, so that no audit row tells of it. */
    private boolean tried(
            String action, String scope, Map<String, String> parameters, KeyTransactions.Work<Integer> change) {
        try {
            transactions.write(action, scope, parameters, connection -> {
                if (change.in(connection) == 0) throw new NothingChanged();
                return true;
            });
            return true;
        } catch (NothingChanged e) {
            return false;
        }
    }

    private static final class NothingChanged extends RuntimeException {
        NothingChanged() {
            super("nothing changed", null, false, false);
        }
    }

    @Override
    public int countDeks(String scope) {
        return transactions.read(connection -> select(
                        connection, "SELECT COUNT(*) FROM data_key WHERE scope = ?", rows -> rows.getInt(1), scope)
                .get(0));
    }

    private static ScopeRow scopeRow(ResultSet rows) throws SQLException {
        return new ScopeRow(
                rows.getString(1),
                ScopeState.valueOf(rows.getString(2)),
                rows.getLong(3),
                rows.getString(4),
                rows.getString(5),
                rows.getInt(6),
                rows.getString(7),
                rows.getString(8));
    }

    private static DekRow dekRow(ResultSet rows) throws SQLException {
        return new DekRow(
                rows.getString(1),
                rows.getInt(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getInt(6),
                rows.getString(7));
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private static <T> List<T> select(Connection connection, String sql, RowReader<T> reader, Object... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            try (ResultSet rows = select.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) found.add(reader.read(rows));
                return found;
            }
        }
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number number) statement.setLong(i + 1, number.longValue());
            else statement.setString(i + 1, (String) values[i]);
        }
    }
}
