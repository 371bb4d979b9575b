package io.sluice.catalog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of every room up to date. Each room keeps its own scripts under {@code db/<room>} and its own
 * history, so that rooms move forward on their own.
 *
 * <p>Flyway takes as long as a fifth of a start to find that there is nothing to do. So the store remembers which scripts
 * it was last brought up to date with, and Flyway is asked only when there are others.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final Database database;

    public Migrations(Database database) {
        this.database = database;
    }

    public void run(List<String> rooms) {
        Map<String, String> done = done();
        for (String room : rooms) {
            String scripts = ScriptPrint.of(room);
            if (scripts.equals(done.get(room))) continue;
            migrate(room);
            remember(room, scripts);
        }
    }

    private void migrate(String room) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.dataSource())
                .locations("classpath:db/" + room)
                .table("flyway_" + room.replace('-', '_'))
                // Another room's tables may be there already; that is not a schema of unknown origin.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(database.dialect().placeholders())
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private Map<String, String> done() {
        Map<String, String> done = new HashMap<>();
        try (Connection connection = database.connect();
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT room, scripts FROM migrated_room")) {
            while (rows.next()) done.put(rows.getString(1), rows.getString(2));
        } catch (SQLException e) {
            // A store that is new, or older than this table. One that cannot be reached fails with Flyway.
            LOG.debug("nothing is known of earlier migrations", e);
        }
        return done;
    }

    /** Another pod may be at it too; whatever is not remembered is found out again at the next start. */
    private void remember(String room, String scripts) {
        database.lockForWrite();
        try (Connection connection = database.connect()) {
            try (Statement create = connection.createStatement()) {
                create.execute("CREATE TABLE IF NOT EXISTS migrated_room"
                        + " (room TEXT NOT NULL PRIMARY KEY, scripts TEXT NOT NULL)");
            }
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO migrated_room (room, scripts) VALUES (?, ?)"
                            + " ON CONFLICT (room) DO UPDATE SET scripts = excluded.scripts")) {
                Statements.bind(upsert, room, scripts);
                upsert.executeUpdate();
            }
        } catch (SQLException e) {
            LOG.debug("it is not remembered that {} was migrated", room, e);
        } finally {
            database.unlockForWrite();
        }
    }
}
