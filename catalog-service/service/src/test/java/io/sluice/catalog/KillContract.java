package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The power goes in the middle of a storm of writes, again and again. */
abstract class KillContract {
    private static final int ROUNDS = 10;

    abstract String freshUrl() throws Exception;

    @Test
    void everyAcknowledgedWriteIsThereAndNoneIsHalf() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of everyAcknowledgedWriteIsThereAndNoneIsHalf: " + seed);
        Random random = new Random(seed);
        String url = freshUrl();
        try (World world = World.open(StoreUrl.parse(url))) {
            world.catalog("retail");
            world.schema("retail", "sales");
        }
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (StormProcess storm = StormProcess.start("storm", url, "r" + round)) {
                acknowledged.addAll(storm.killAfter(1 + random.nextInt(60)));
            }
        }

        try (World world = World.open(StoreUrl.parse(url))) {
            for (String line : acknowledged) assertIsThere(world, line);
            world.work.read(connection -> {
                assertNothingIsHalf(connection);
                return connection;
            });
            // No repair was needed: it goes on.
            world.table("retail", "sales", "after");
        }
    }

    private static void assertIsThere(World world, String line) {
        String name = line.substring(line.indexOf(' ') + 1);
        TableNode table = world.governance.tables().get(World.ADMIN, TableName.of("retail", "sales", name));
        if (line.startsWith("grant"))
            assertThat(table.grants().holds(World.ADMIN.name(), Privilege.SELECT))
                    .as(line)
                    .isTrue();
    }

    /** Rows, folders, audit rows and change log tell the same story, and the log has no gaps. */
    private static void assertNothingIsHalf(Connection connection) throws SQLException {
        long tables = count(connection, "SELECT COUNT(*) FROM securable WHERE kind = 'TABLE'");
        assertThat(count(connection, "SELECT COUNT(*) FROM location")).isEqualTo(tables);
        assertThat(count(connection, "SELECT COUNT(*) FROM audit_log WHERE action_name = 'createTable'"))
                .isEqualTo(tables);
        assertThat(count(connection, "SELECT COUNT(*) FROM change_log WHERE change LIKE '{\"kind\":\"table\",%'"))
                .isEqualTo(tables);
        assertThat(count(connection, "SELECT COUNT(*) FROM audit_log WHERE action_name = 'updatePermissions'"))
                .isEqualTo(count(connection, "SELECT COUNT(*) FROM grants"));
        assertThat(count(connection, "SELECT SUM(last) FROM change_sequence"))
                .isEqualTo(count(connection, "SELECT COUNT(*) FROM change_log"));
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
