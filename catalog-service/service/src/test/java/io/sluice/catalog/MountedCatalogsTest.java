package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Catalogs;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.Access;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs that show a share of another server. */
class MountedCatalogsTest {
    private static final TableName ORDERS = TableName.of("partner", "eu", "orders");
    private static final Page.Request ALL = Page.Request.of(null, null);

    @TempDir
    Path folder;

    private StoreUrl url;
    private World world;

    @BeforeEach
    void aMountedShareOfThreeTables() {
        url = StoreUrl.parse("sqlite:" + folder.resolve("metastore.db"));
        world = World.open(url);
        world.mounts.show("eu.orders", "eu.returns", "us.orders");
        world.governance.catalogs().mount(World.ADMIN, mount("partner"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void schemasAndTablesAreThoseOfTheShareNow() {
        assertThat(schemas(World.ADMIN)).containsExactly("eu", "us");
        assertThat(tables(World.ADMIN)).containsExactly("orders", "returns");

        world.mounts.show("eu.baskets");
        assertThat(schemas(World.ADMIN)).containsExactly("eu");
        assertThat(tables(World.ADMIN)).containsExactly("baskets");
        assertFails(FailureKind.NOT_FOUND, () -> world.governance.tables().get(World.ADMIN, ORDERS));
        assertThat(world.governance.tables().isVisible(World.ADMIN, ORDERS)).isFalse();
    }

    @Test
    void aTableIsToldWithTheColumnsThatItsServerTells() {
        TableNode table = world.governance.tables().get(World.ADMIN, ORDERS);

        assertThat(table.table().columns())
                .extracting(Column::name, Column::typeText, Column::partitionIndex)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("id", "bigint", null),
                        org.assertj.core.groups.Tuple.tuple("day", "date", 0));
        assertThat(new String(table.body(), StandardCharsets.UTF_8))
                .contains("\"data_source_format\":\"DELTASHARING\"", "\"table_type\":\"EXTERNAL\"");
        assertThat(world.governance.tables().get(World.ADMIN, ORDERS).table().id())
                .isEqualTo(table.table().id());
    }

    @Test
    void theCatalogSaysWhatItShowsAlsoOnAnotherPod() {
        try (World cold = World.open(url)) {
            assertThat(new String(
                            cold.governance
                                    .catalogs()
                                    .get(World.ADMIN, EntityName.of("partner"))
                                    .body(),
                            StandardCharsets.UTF_8))
                    .contains(
                            "\"catalog_type\":\"DELTASHARING_CATALOG\"",
                            "\"provider_name\":\"acme\"",
                            "\"share_name\":\"sales\"");
        }
    }

    @Test
    void grantsOnTheCatalogDecideWhoSeesWhat() {
        Caller ann = world.user("ann");
        int before = world.mounts.asked;
        assertFails(FailureKind.DENIED, () -> tables(ann));
        assertThat(world.mounts.asked).as("nothing is asked for strangers").isEqualTo(before);

        grant(Privilege.USE_CATALOG);
        grant(Privilege.USE_SCHEMA);
        assertThat(schemas(ann)).containsExactly("eu", "us");
        assertThat(tables(ann)).isEmpty();
        assertFails(FailureKind.DENIED, () -> world.governance.tables().get(ann, ORDERS));

        grant(Privilege.SELECT);
        assertThat(tables(ann)).containsExactly("orders", "returns");
        assertThat(world.governance.tables().get(ann, ORDERS).table().columns()).hasSize(2);
    }

    @Test
    void nothingBelowItCanBeChangedGrantedOnOrOpened() {
        assertRefused(() -> world.schema("partner", "mine"));
        assertRefused(() -> world.table("partner", "eu", "mine"));
        assertRefused(() -> world.governance.tables().delete(World.ADMIN, ORDERS));
        assertRefused(() -> world.governance.tables().update(World.ADMIN, ORDERS, new Tables.Patch("x", null, null)));
        assertRefused(() -> world.governance
                .schemas()
                .update(World.ADMIN, ORDERS.schema(), new Schemas.Patch("x", null, null, null)));
        assertRefused(() -> world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.TABLE,
                        ORDERS.toString(),
                        List.of(new GrantChange("admin", Set.of(Privilege.SELECT), Set.of()))));
        assertRefused(() -> world.governance.vending().forTable(World.ADMIN, ORDERS, Access.READ));
        String id = world.governance.tables().get(World.ADMIN, ORDERS).table().id();
        assertRefused(() -> world.governance.vending().forTable(World.ADMIN, id, Access.READ));
        assertThat(world.governance.tables().find(ORDERS)).isEmpty();
    }

    @Test
    void aProviderThatIsDownTakesNothingElseAlong() {
        world.catalog("own");
        world.mounts.isDark = true;

        assertFails(FailureKind.UNAVAILABLE, () -> tables(World.ADMIN));
        assertThat(world.governance.catalogs().list(World.ADMIN, ALL).items()).hasSize(2);
        assertThat(world.governance
                        .schemas()
                        .list(World.ADMIN, EntityName.of("own"), ALL)
                        .items())
                .isEmpty();
        world.governance.catalogs().delete(World.ADMIN, EntityName.of("partner"), false);
        assertFails(FailureKind.NOT_FOUND, () -> tables(World.ADMIN));
    }

    @Test
    void aRenamedMountShowsTheSameShareUnderItsNewName() {
        schemas(World.ADMIN);
        world.governance
                .catalogs()
                .update(World.ADMIN, EntityName.of("partner"), new Catalogs.Patch("acme", null, null, null));

        TableName renamed = TableName.of("acme", "eu", "orders");
        assertThat(world.governance.tables().get(World.ADMIN, renamed).table().name())
                .isEqualTo(renamed);
        assertThat(world.governance.catalogs().mountedFrom("provider-1")).containsExactly(EntityName.of("acme"));
    }

    @Test
    void whatIsNotThereOrNotUnderstoodIsToldAsSuch() {
        assertFails(
                FailureKind.NOT_FOUND,
                () -> world.governance
                        .catalogs()
                        .mount(World.ADMIN, new Catalogs.NewMount("x", null, Map.of(), "acme", "nosuch")));
        assertFails(
                FailureKind.ALREADY_EXISTS, () -> world.governance.catalogs().mount(World.ADMIN, mount("partner")));
        world.governance.principals().found("ann", "ann");
        assertFails(FailureKind.DENIED, () -> world.governance.catalogs().mount(new Caller("ann"), mount("mine")));
        world.mounts.show("eu.odd", "eu.not sayable");
        assertThat(tables(World.ADMIN)).containsExactly("odd");
        assertFails(
                FailureKind.REFUSED_ELSEWHERE,
                () -> world.governance.tables().get(World.ADMIN, TableName.of("partner", "eu", "odd")));
    }

    private static Catalogs.NewMount mount(String name) {
        return new Catalogs.NewMount(name, null, Map.of(), "acme", "sales");
    }

    private List<String> schemas(Caller caller) {
        return world.governance.schemas().list(caller, EntityName.of("partner"), ALL).items().stream()
                .map(schema -> schema.schema().name().schema().value())
                .toList();
    }

    private List<String> tables(Caller caller) {
        return world.governance.tables().list(caller, SchemaName.of("partner", "eu"), ALL).items().stream()
                .map(table -> table.table().name().table().value())
                .toList();
    }

    private void grant(Privilege privilege) {
        world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.CATALOG,
                        "partner",
                        List.of(new GrantChange("ann", Set.of(privilege), Set.of())));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
            assertThat(failure.getMessage()).contains("mounted");
        });
    }

    private static void assertFails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
