package io.sluice.catalog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which folder belongs to what. Paths are normalised: no slash at the end. */
public final class LocationStore {
    private final Dialect dialect;

    LocationStore(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Takes the folder, unless something lies in it or around it: answers false then. */
    public boolean claim(Connection connection, String path, String securableId) throws SQLException {
        // Of a folder and one in it, neither transaction would see the other's row.
        if (dialect.lockOfText().isPresent())
            lock(connection, dialect.lockOfText().get(), bucket(path));
        List<String> values = new ArrayList<>(List.of(path, securableId));
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO location (path, securable_id) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM location WHERE "
                        + overlap(path, values) + ")")) {
            Statements.bind(insert, values.toArray(String[]::new));
            return insert.executeUpdate() == 1;
        }
    }

    private static void lock(Connection connection, String statement, String text) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement)) {
            Statements.bind(select, text);
            select.execute();
        }
    }

    private static String bucket(String path) {
        int end = path.indexOf('/', path.indexOf("://") + 3);
        return end < 0 ? path : path.substring(0, end);
    }

    /** Something whose folder lies in or around the path, for people of a metastore. */
    public Optional<String> overlapping(Connection connection, String rootLog, String path) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.kind, s.name, c.log FROM location JOIN securable s ON s.id = securable_id"
                        + " JOIN securable h ON h.id = s.parent_id JOIN securable c ON c.id = h.parent_id WHERE "
                        + overlap(path, values) + " LIMIT 1")) {
            Statements.bind(select, values.toArray(String[]::new));
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                if (!rows.getString(3).equals(rootLog)) return Optional.of("something in another metastore");
                return Optional.of(
                        rows.getString(1).toLowerCase(Locale.ROOT).replace('_', ' ') + " " + rows.getString(2));
            }
        }
    }

    private static String overlap(String path, List<String> values) {
        List<String> around = selfAndAbove(path);
        values.addAll(around);
        values.add(path + "/");
        // The character after the slash: what lies in the folder sorts between the two.
        values.add(path + "0");
        return "path IN (" + String.join(", ", Collections.nCopies(around.size(), "?"))
                + ") OR (path >= ? AND path < ?)";
    }

    private static List<String> selfAndAbove(String path) {
        List<String> all = new ArrayList<>();
        int root = path.indexOf("://") + 3;
        for (int end = path.length(); end >= root; end = path.lastIndexOf('/', end - 1))
            all.add(path.substring(0, end));
        return all;
    }
}
