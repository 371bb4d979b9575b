package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Catalogs;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.govern.Volumes.VolumeType;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Catalogs and schemas that get another name, with everything that is in them. */
abstract class RenameContract {
    private static final TableName ORDERS = TableName.of("retail", "sales", "orders");

    private StoreUrl url;
    private World world;

    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        url = freshStore();
        world = World.open(url);
        world.catalog("retail");
        world.schema("retail", "sales");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRenamedSchemaTakesItsTablesGrantsAndVolumesAlong() {
        Caller ann = readerOfAFullSchema();

        world.governance
                .schemas()
                .update(World.ADMIN, ORDERS.schema(), new Schemas.Patch("turnover", null, null, null));
        assertRenamed(world, ann, "retail", "turnover");
        try (World cold = World.open(url)) {
            assertRenamed(cold, ann, "retail", "turnover");
        }
        assertThatThrownBy(() -> world.governance.tables().get(World.ADMIN, ORDERS))
                .isInstanceOf(Failure.class);
        // The old name is free.
        world.schema("retail", "sales");
    }

    @Test
    void aRenamedCatalogTakesEverythingInItAlong() {
        Caller ann = readerOfAFullSchema();
        world.governance.tables().get(World.ADMIN, ORDERS);

        world.governance
                .catalogs()
                .update(World.ADMIN, ORDERS.catalog(), new Catalogs.Patch("trade", null, null, null));
        assertRenamed(world, ann, "trade", "sales");
        world.table("trade", "sales", "returns");
        world.governance
                .tables()
                .update(World.ADMIN, TableName.of("trade", "sales", "orders"), new Tables.Patch("new", null, null));
        try (World cold = World.open(url)) {
            assertRenamed(cold, ann, "trade", "sales");
        }
        world.catalog("retail");
        assertThat(world.governance
                        .schemas()
                        .list(World.ADMIN, ORDERS.catalog(), Page.Request.of(null, null))
                        .items())
                .isEmpty();
    }

    @Test
    void nothingIsRenamedToANameThatIsTaken() {
        world.catalog("trade");
        world.schema("retail", "turnover");
        assertThatThrownBy(() -> world.governance
                        .catalogs()
                        .update(World.ADMIN, ORDERS.catalog(), new Catalogs.Patch("trade", null, null, null)))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
        assertThatThrownBy(() -> world.governance
                        .schemas()
                        .update(World.ADMIN, ORDERS.schema(), new Schemas.Patch("turnover", null, null, null)))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
    }

    private void assertRenamed(World where, Caller ann, String catalog, String schema) {
        TableName table = TableName.of(catalog, schema, "orders");
        var node = where.governance.tables().get(ann, table);
        assertThat(node.table().name()).isEqualTo(table);
        assertThat(where.governance.tables().nameOf(node.table().id())).isEqualTo(table);
        assertThat(where.governance
                        .tables()
                        .list(ann, table.schema(), Page.Request.of(null, null))
                        .items())
                .hasSize(1);
        var volume = where.governance
                .assets()
                .get(World.ADMIN, Assets.Key.parse(SecurableType.VOLUME, catalog + "." + schema + ".files"));
        assertThat(new String(volume.body(), StandardCharsets.UTF_8)).contains(catalog + "." + schema + ".files");
    }

    /** Of a table and a volume. */
    private Caller readerOfAFullSchema() {
        Caller ann = world.user("ann@example.com");
        world.table("retail", "sales", "orders");
        world.governance
                .volumes()
                .create(
                        World.ADMIN,
                        TableName.of("retail", "sales", "files"),
                        VolumeType.EXTERNAL,
                        "file:///files",
                        null);
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", ann, Privilege.USE_SCHEMA);
        grant(SecurableType.TABLE, "retail.sales.orders", ann, Privilege.SELECT);
        return ann;
    }

    private void grant(SecurableType type, String name, Caller user, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(user.name(), Set.of(privilege), Set.of())));
    }
}
