package io.sluice.catalog.store;

import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables of every room up to date. Each room keeps its own scripts under {@code db/<room>} and its own
 * history, so that rooms move forward on their own.
 */
public final class Migrations {
    private final Database database;

    public Migrations(Database database) {
        this.database = database;
    }

    public void run(List<String> rooms) {
        for (String room : rooms) migrate(room);
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
}
