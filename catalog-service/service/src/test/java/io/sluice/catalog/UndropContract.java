package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas.Patch;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.DroppedTable;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dropped tables that come back, or go for good. */
abstract class UndropContract {
    private static final TableName ORDERS = TableName.of("retail", "sales", "orders");

    private World world;
    private Caller ann;

    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        world = World.open(freshStore());
        ann = world.user("ann@example.com");
        world.governance
                .catalogs()
                .create(World.ADMIN, new NewCatalog("retail", null, Map.of(), "file:///managed", null));
        world.schema("retail", "sales");
        grant(SecurableType.CATALOG, "retail", Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", Privilege.USE_SCHEMA);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDroppedTableComesBackWithItsIdAndItsGrants() {
        world.table("retail", "sales", "orders");
        grant(SecurableType.TABLE, ORDERS.toString(), Privilege.SELECT);
        String id = idOf(ORDERS);
        world.governance.tables().delete(World.ADMIN, ORDERS);
        assertKind(FailureKind.NOT_FOUND, () -> world.governance.tables().get(World.ADMIN, ORDERS));
        assertKind(FailureKind.NOT_FOUND, () -> world.governance.tables().nameOf(id));

        world.governance.droppedTables().restore(World.ADMIN, ORDERS, null);
        assertThat(world.governance.tables().get(ann, ORDERS).table().id()).isEqualTo(id);
        assertThat(world.governance
                        .tables()
                        .list(ann, ORDERS.schema(), Page.Request.of(null, null))
                        .items())
                .hasSize(1);
        assertThat(world.governance.droppedTables().list(World.ADMIN, ORDERS.schema()))
                .isEmpty();
    }

    @Test
    void theNameAndTheFolderOfADroppedTableAreFree() {
        world.table("retail", "sales", "orders");
        String first = idOf(ORDERS);
        world.governance.tables().delete(World.ADMIN, ORDERS);
        world.table("retail", "sales", "orders");
        assertThat(idOf(ORDERS)).isNotEqualTo(first);
        assertKind(
                FailureKind.ALREADY_EXISTS,
                () -> world.governance.droppedTables().restore(World.ADMIN, ORDERS, null));

        world.governance.tables().delete(World.ADMIN, ORDERS);
        assertThat(world.governance.droppedTables().list(World.ADMIN, ORDERS.schema()))
                .hasSize(2);
        world.governance.droppedTables().restore(World.ADMIN, ORDERS, first);
        assertThat(idOf(ORDERS)).isEqualTo(first);
    }

    @Test
    void aTableDoesNotComeBackOntoAFolderThatIsAnothersByNow() {
        world.table("retail", "sales", "orders");
        String location =
                world.governance.tables().get(World.ADMIN, ORDERS).table().location();
        world.governance.tables().delete(World.ADMIN, ORDERS);
        world.governance
                .tables()
                .create(
                        World.ADMIN,
                        new NewTable(
                                "retail",
                                "sales",
                                "other",
                                TableType.EXTERNAL,
                                "DELTA",
                                List.of(),
                                location,
                                null,
                                Map.of()));

        assertKind(FailureKind.INVALID, () -> world.governance.droppedTables().restore(World.ADMIN, ORDERS, null));
        assertThat(world.governance.droppedTables().list(World.ADMIN, ORDERS.schema()))
                .hasSize(1);
    }

    @Test
    void onlyWhoCouldDropATableHasItBack() {
        world.table("retail", "sales", "orders");
        grant(SecurableType.TABLE, ORDERS.toString(), Privilege.SELECT);
        world.governance.tables().delete(World.ADMIN, ORDERS);
        assertThat(world.governance.droppedTables().list(ann, ORDERS.schema())).isEmpty();
        assertKind(FailureKind.NOT_FOUND, () -> world.governance.droppedTables().restore(ann, ORDERS, null));
    }

    @Test
    void afterItsTimeADroppedTableIsGone() {
        world.table("retail", "sales", "orders");
        world.governance.tables().delete(World.ADMIN, ORDERS);
        world.clock.pass(World.KEPT_AFTER_DROP.minusMinutes(1));
        assertThat(world.governance.droppedTables().purge()).isZero();
        world.clock.pass(Duration.ofMinutes(2));
        assertThat(world.governance.droppedTables().purge()).isOne();
        assertKind(FailureKind.NOT_FOUND, () -> world.governance.droppedTables().restore(World.ADMIN, ORDERS, null));
    }

    @Test
    void theFolderOfAManagedTableIsEmptiedAfterItsTimeAndAgainUntilThatWorked() {
        String location = managedTable("orders");
        world.governance.tables().delete(World.ADMIN, ORDERS);
        List<String> emptied = new ArrayList<>();
        world.governance.droppedTables().sweep(emptied::add);
        assertThat(emptied).isEmpty();

        world.clock.pass(World.KEPT_AFTER_DROP.plusMinutes(1));
        world.governance.droppedTables().purge();
        int done = world.governance.droppedTables().sweep(folder -> {
            throw new IOException("the store is away");
        });
        assertThat(done).isZero();
        world.governance.droppedTables().sweep(emptied::add);
        world.governance.droppedTables().sweep(emptied::add);
        assertThat(emptied).containsExactly(location);
    }

    @Test
    void theFolderOfAnExternalTableIsNeverEmptied() {
        world.table("retail", "sales", "orders");
        world.governance.tables().delete(World.ADMIN, ORDERS);
        world.clock.pass(World.KEPT_AFTER_DROP.plusMinutes(1));
        world.governance.droppedTables().purge();
        List<String> emptied = new ArrayList<>();
        world.governance.droppedTables().sweep(emptied::add);
        assertThat(emptied).isEmpty();
    }

    @Test
    void aSchemaWithNothingButDroppedTablesIsEmpty() {
        String location = managedTable("orders");
        world.governance.tables().delete(World.ADMIN, ORDERS);
        world.governance.schemas().delete(World.ADMIN, ORDERS.schema(), false);
        List<String> emptied = new ArrayList<>();
        world.governance.droppedTables().sweep(emptied::add);
        assertThat(emptied).containsExactly(location);
    }

    @Test
    void aDroppedTableComesBackIntoASchemaThatWasRenamed() {
        world.table("retail", "sales", "orders");
        world.governance.tables().delete(World.ADMIN, ORDERS);
        world.governance.schemas().update(World.ADMIN, ORDERS.schema(), new Patch("turnover", null, null, null));
        TableName now = TableName.of("retail", "turnover", "orders");
        assertThat(world.governance.droppedTables().list(World.ADMIN, now.schema()))
                .extracting(DroppedTable::table)
                .extracting(table -> table.name())
                .containsExactly(now);
        world.governance.droppedTables().restore(World.ADMIN, now, null);
        assertThat(world.governance.tables().get(World.ADMIN, now).table().name())
                .isEqualTo(now);
    }

    private String managedTable(String name) {
        StagingRecord staged =
                world.governance.managedTables().stage(World.ADMIN, TableName.of("retail", "sales", name));
        world.governance
                .tables()
                .create(
                        World.ADMIN,
                        new NewTable(
                                "retail",
                                "sales",
                                name,
                                TableType.MANAGED,
                                "DELTA",
                                List.of(),
                                staged.location(),
                                null,
                                Map.of()));
        return staged.location();
    }

    private String idOf(TableName name) {
        return world.governance.tables().get(World.ADMIN, name).table().id();
    }

    private void grant(SecurableType type, String name, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(ann.name(), Set.of(privilege), Set.of())));
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
