package io.sluice.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start on a store that is up to date finds that out at once. */
class MigrationsTest {
    private static final List<String> ROOMS = List.of("catalog");

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void migrateANewStore() {
        database = Database.open(StoreUrl.parse("sqlite:" + folder.resolve("metastore.db")));
        new Migrations(database).run(ROOMS);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aStoreThatRemembersTheseScriptsIsNotLookedAtAgain() throws SQLException {
        loseTheLastScript();
        new Migrations(database).run(ROOMS);
        assertThat(hasItsIndex()).isFalse();
    }

    @Test
    void aStoreThatRemembersOthersIsBroughtUpToDate() throws SQLException {
        loseTheLastScript();
        execute("UPDATE migrated_room SET scripts = 'V1__catalog.sql:1234'");
        new Migrations(database).run(ROOMS);
        assertThat(hasItsIndex()).isTrue();
    }

    @Test
    void aStoreThatRemembersNothingIsBroughtUpToDate() throws SQLException {
        loseTheLastScript();
        execute("DROP TABLE migrated_room");
        new Migrations(database).run(ROOMS);
        assertThat(hasItsIndex()).isTrue();
    }

    private void loseTheLastScript() throws SQLException {
        execute("DELETE FROM flyway_catalog WHERE version = '10'");
        execute("DROP INDEX change_log_age");
        assertThat(hasItsIndex()).isFalse();
    }

    private boolean hasItsIndex() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'change_log_age'")) {
            return rows.next();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
