package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.Assets.Patch;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.EffectivePermissions.Held;
import io.sluice.catalog.govern.ExternalLocations.Wanted;
import io.sluice.catalog.govern.Models;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.govern.Tags;
import io.sluice.catalog.govern.Volumes.VolumeType;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.ModelVersionRecord.Status;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.store.AuditRow;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes, functions, models, credentials, external locations, groups, and who may do what with them. */
abstract class AssetsContract {
    private static final SchemaName SALES = SchemaName.of("retail", "sales");
    private static final TableName FILES = TableName.of("retail", "sales", "files");
    private static final TableName FORECAST = TableName.of("retail", "sales", "forecast");

    private StoreUrl url;
    private World world;

    /** A store that nobody else uses. */
    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void foundTheMetastore() throws Exception {
        url = freshStore();
        world = World.open(url);
        world.governance
                .catalogs()
                .create(World.ADMIN, new NewCatalog("retail", null, Map.of(), "s3://lake/retail", null));
        world.schema("retail", "sales");
    }

    @AfterEach
    void closeTheStore() {
        world.close();
    }

    @Test
    void aManagedVolumeIsPutBelowTheStorageRootUnderItsOwnId() {
        var volume = world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, "notes");

        assertThat(volume.asset().location())
                .isEqualTo("s3://lake/retail/__unitystorage/volumes/"
                        + volume.asset().id());
        assertThat(new String(volume.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"volume_id\":\"" + volume.asset().id() + "\"", "\"volume_type\":\"MANAGED\"");
    }

    @Test
    void anExternalVolumeMayNotLieInATablesFolder() {
        world.table("retail", "sales", "orders");
        assertInvalid(() -> world.governance
                .volumes()
                .create(World.ADMIN, FILES, VolumeType.EXTERNAL, "file:/lake/retail/sales/orders/inside", null));
    }

    @Test
    void assetsAndTheirGrantsAreThereAfterARestart() {
        Caller ann = reader();
        world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, null);
        grant(SecurableType.VOLUME, FILES.toString(), ann.name(), Privilege.READ_VOLUME);
        world.governance.groups().create(World.ADMIN, "analysts", List.of(ann.name()));

        try (World again = World.open(url)) {
            assertThat(again.governance
                            .assets()
                            .use(ann, volume(FILES), Privilege.READ_VOLUME)
                            .name())
                    .isEqualTo(FILES.table());
            assertThat(again.governance.groups().list()).hasSize(1);
        }
    }

    @Test
    void aRenamedVolumeKeepsItsGrantsAndFreesItsName() {
        Caller ann = reader();
        world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, null);
        grant(SecurableType.VOLUME, FILES.toString(), ann.name(), Privilege.READ_VOLUME);

        world.governance.assets().update(World.ADMIN, volume(FILES), Patch.of(EntityName.of("papers"), null, null));

        TableName papers = TableName.of("retail", "sales", "papers");
        assertThat(world.governance.assets().use(ann, volume(papers), Privilege.READ_VOLUME))
                .isNotNull();
        world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, null);
        assertDenied(() -> world.governance.assets().use(ann, volume(FILES), Privilege.READ_VOLUME));
    }

    @Test
    void twoOfOneTypeCannotShareANameButTwoTypesCan() {
        world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, null);
        assertThatThrownBy(() -> world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, null))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
        function("files");
        assertThat(world.governance
                        .assets()
                        .list(World.ADMIN, SecurableType.FUNCTION, SALES, Page.Request.of(null, null))
                        .items())
                .hasSize(1);
    }

    @Test
    void aSchemaWithAssetsIsDroppedOnlyByForce() {
        function("twice");
        assertInvalid(() -> world.governance.schemas().delete(World.ADMIN, SALES, false));
        world.governance.schemas().delete(World.ADMIN, SALES, true);
        world.schema("retail", "sales");
        assertThat(world.governance
                        .assets()
                        .list(World.ADMIN, SecurableType.FUNCTION, SALES, Page.Request.of(null, null))
                        .items())
                .isEmpty();
    }

    @Test
    void aCatalogWithAssetsAndVersionsIsDroppedByForce() {
        world.governance.models().create(World.ADMIN, FORECAST, null);
        world.governance.models().createVersion(World.ADMIN, FORECAST, "runs:/1", null, null);
        world.governance.catalogs().delete(World.ADMIN, EntityName.of("retail"), true);
        assertThatThrownBy(() -> world.governance.models().version(World.ADMIN, FORECAST, 1))
                .isInstanceOf(Failure.class);
    }

    @Test
    void versionsOfAModelAreNumberedAndFinalizedOnce() {
        Models models = world.governance.models();
        models.create(World.ADMIN, FORECAST, null);
        models.createVersion(World.ADMIN, FORECAST, "runs:/1", "run-1", null);
        models.createVersion(World.ADMIN, FORECAST, "runs:/2", null, null);
        assertThat(models.finalizeVersion(World.ADMIN, FORECAST, 2).record().status())
                .isEqualTo(Status.READY);
        assertInvalid(() -> models.finalizeVersion(World.ADMIN, FORECAST, 2));

        Page<Models.Version> first = models.list(World.ADMIN, FORECAST, Page.Request.of(1, null));
        Page<Models.Version> second = models.list(
                World.ADMIN, FORECAST, Page.Request.of(1, first.nextToken().orElseThrow()));
        assertThat(second.items())
                .singleElement()
                .satisfies(version -> assertThat(version.record().version()).isEqualTo(2));
        assertThat(second.nextToken()).isEmpty();
        assertInvalid(() -> models.delete(World.ADMIN, FORECAST, false));
    }

    @Test
    void aGroupsGrantReachesItsMembersAlsoThroughOtherGroupsAndEndsWithTheMembership() {
        Caller ann = world.user("ann@example.com");
        var inner = world.governance.groups().create(World.ADMIN, "interns", List.of(ann.name()));
        world.governance.groups().create(World.ADMIN, "analysts", List.of("interns"));
        world.table("retail", "sales", "orders");
        grant(SecurableType.CATALOG, "retail", "analysts", Privilege.USE_CATALOG);
        grant(SecurableType.CATALOG, "retail", "analysts", Privilege.USE_SCHEMA);
        grant(SecurableType.CATALOG, "retail", "analysts", Privilege.SELECT);
        TableName orders = TableName.of("retail", "sales", "orders");
        assertThat(world.governance.tables().get(ann, orders)).isNotNull();

        world.governance.groups().replace(World.ADMIN, inner.id(), List.of());

        assertDenied(() -> world.governance.tables().get(ann, orders));
    }

    @Test
    void groupsThatContainEachOtherInACircleEndNowhere() {
        Caller ann = world.user("ann@example.com");
        var first = world.governance.groups().create(World.ADMIN, "first", List.of(ann.name()));
        world.governance.groups().create(World.ADMIN, "second", List.of("first"));
        world.governance.groups().replace(World.ADMIN, first.id(), List.of(ann.name(), "second"));
        grant(SecurableType.CATALOG, "retail", "second", Privilege.ALL_PRIVILEGES);
        assertThat(world.governance.schemas().get(ann, SALES)).isNotNull();
    }

    @Test
    void allPrivilegesDoNotIncludeTheRightToGrant() {
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann.name(), Privilege.ALL_PRIVILEGES);
        world.table("retail", "sales", "orders");
        assertThat(world.governance.tables().use(ann, TableName.of("retail", "sales", "orders"), Privilege.MODIFY))
                .isNotNull();
        assertDenied(() -> world.governance
                .permissions()
                .update(
                        ann,
                        SecurableType.CATALOG,
                        "retail",
                        List.of(new GrantChange(ann.name(), Set.of(Privilege.MANAGE), Set.of()))));
    }

    @Test
    void aNewUserDoesNotInheritWhatAnEarlierOneOfThatNameWasGiven() {
        Caller ann = reader();
        world.governance
                .principals()
                .delete(World.ADMIN, world.governance.principals().me(ann).id(), UserRecord.Kind.PERSON);
        assertInvalid(() -> world.user("ann@example.com"));
        assertInvalid(() -> world.governance.groups().create(World.ADMIN, "ann@example.com", List.of()));

        Set<Privilege> given = Set.of(Privilege.USE_CATALOG, Privilege.USE_SCHEMA);
        world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.CATALOG,
                        "retail",
                        List.of(new GrantChange(ann.name(), Set.of(), given)));
        assertThat(world.user("ann@example.com")).isEqualTo(ann);
    }

    @Test
    void effectivePermissionsTellWhereEachOneComesFrom() {
        Caller ann = reader();
        world.table("retail", "sales", "orders");
        grant(SecurableType.TABLE, "retail.sales.orders", ann.name(), Privilege.SELECT);

        assertThat(world.governance
                        .effectivePermissions()
                        .of(World.ADMIN, SecurableType.TABLE, "retail.sales.orders")
                        .get(ann.name()))
                .containsExactly(
                        new Held(Privilege.SELECT, SecurableType.TABLE, "retail.sales.orders", true),
                        new Held(Privilege.USE_CATALOG, SecurableType.CATALOG, "retail", false),
                        new Held(Privilege.USE_SCHEMA, SecurableType.CATALOG, "retail", false));
    }

    @Test
    void anExternalTableNeedsTheRightToItsFolderAndNotOnlyToItsSchema() {
        Caller ann = reader();
        grant(SecurableType.CATALOG, "retail", ann.name(), Privilege.CREATE_TABLE);
        assertDenied(() -> world.governance.tables().create(ann, World.newTable("retail", "sales", "mine")));

        credential("lake_role");
        location("lake", "file:///lake", "lake_role");
        assertDenied(() -> world.governance.tables().create(ann, World.newTable("retail", "sales", "mine")));
        grant(SecurableType.EXTERNAL_LOCATION, "lake", ann.name(), Privilege.CREATE_EXTERNAL_TABLE);
        assertThat(world.governance.tables().create(ann, World.newTable("retail", "sales", "mine")))
                .isNotNull();
    }

    @Test
    void externalLocationsDoNotLieInsideEachOther() {
        credential("lake_role");
        location("lake", "s3://lake/a", "lake_role");
        assertInvalid(() -> location("inner", "s3://lake/a/b", "lake_role"));
        assertInvalid(() -> location("outer", "s3://lake", "lake_role"));
        location("beside", "s3://lake/ab", "lake_role");
    }

    @Test
    void credentialsAreVendedToWhoMayReadAndLeaveAnAuditRow() {
        Caller ann = reader();
        credential("lake_role");
        location("lake", "s3://lake/retail", "lake_role");
        var volume = world.governance.volumes().create(World.ADMIN, FILES, VolumeType.MANAGED, null, null);
        String id = volume.asset().id();
        assertDenied(() -> world.governance.vending().forVolume(ann, id, Access.READ));
        grant(SecurableType.VOLUME, FILES.toString(), ann.name(), Privilege.READ_VOLUME);

        VendedCredentials vended = world.governance.vending().forVolume(ann, id, Access.READ);

        assertThat(vended).isInstanceOfSatisfying(VendedCredentials.S3Keys.class, session -> {
            assertThat(session.location()).isEqualTo(volume.asset().location());
            assertThat(session.accessKeyId()).contains("arn:aws:iam::123456789012:role/lake");
        });
        assertDenied(() -> world.governance.vending().forVolume(ann, id, Access.READ_WRITE));
        assertThat(world.governance.auditLog().newest(World.ADMIN, 1))
                .extracting(AuditRow::actionName)
                .containsExactly("generateTemporaryVolumeCredential");
    }

    @Test
    void aPathWithinATableIsNotOpenedByTheRightToItsSurroundings() {
        Caller ann = reader();
        credential("lake_role");
        location("lake", "file:///lake", "lake_role");
        grant(SecurableType.EXTERNAL_LOCATION, "lake", ann.name(), Privilege.READ_FILES);
        world.table("retail", "sales", "orders");
        assertThat(vendPath(ann, "file:///lake/other")).isInstanceOf(VendedCredentials.LocalFiles.class);

        assertInvalid(() -> vendPath(ann, "file:///lake/retail/sales/orders/part"));
        assertInvalid(() -> vendPath(ann, "file:///lake"));
        assertInvalid(() -> vendPath(ann, "file:///lake/other/../retail/sales/orders"));
        assertDenied(() -> vendPath(ann, "file:///lakeside"));
    }

    private VendedCredentials vendPath(Caller caller, String path) {
        return world.governance.vending().forPath(caller, path, Access.READ, Privilege.READ_FILES);
    }

    private Caller reader() {
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann.name(), Privilege.USE_CATALOG);
        grant(SecurableType.CATALOG, "retail", ann.name(), Privilege.USE_SCHEMA);
        return ann;
    }

    private void credential(String name) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("purpose", "STORAGE");
        details.putObject("aws_iam_role")
                .put("role_arn", "arn:aws:iam::123456789012:role/lake")
                .put("external_id", "x");
        world.governance
                .assets()
                .create(
                        World.ADMIN,
                        new Key(SecurableType.CREDENTIAL, null, EntityName.of(name)),
                        new Draft(null, null, details));
    }

    private void location(String name, String folder, String credential) {
        world.governance
                .externalLocations()
                .create(World.ADMIN, EntityName.of(name), new Wanted(folder, EntityName.of(credential), null), null);
    }

    private void function(String name) {
        world.governance
                .assets()
                .create(
                        World.ADMIN,
                        new Key(SecurableType.FUNCTION, SALES, EntityName.of(name)),
                        new Draft(null, null, JsonNodeFactory.instance.objectNode()));
    }

    private static Key volume(TableName name) {
        return Key.parse(SecurableType.VOLUME, name.toString());
    }

    private void grant(SecurableType type, String name, String principal, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(principal, Set.of(privilege), Set.of())));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertKind(call, FailureKind.DENIED);
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertKind(call, FailureKind.INVALID);
    }

    private static void assertKind(ThrowingCallable call, FailureKind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void tagsStandOnCatalogsTablesAndColumnsAndGoWithThem() {
        Tags tags = world.governance.tags();
        TableName name = TableName.of("retail", "sales", "tagged");
        Column column = new Column("amount", "int", null, "INT", null, null, null, 0, null, true, null);
        world.governance
                .tables()
                .create(
                        World.ADMIN,
                        new NewTable(
                                "retail",
                                "sales",
                                "tagged",
                                TableType.EXTERNAL,
                                "DELTA",
                                List.of(column),
                                "file:///tagged",
                                null,
                                Map.of()));
        tags.assign(World.ADMIN, "catalogs", "retail", "team", "trade");
        tags.assign(World.ADMIN, "tables", name.toString(), "pii", "");
        tags.assign(World.ADMIN, "columns", name + ".amount", "unit", "cents");
        tags.change(World.ADMIN, "columns", name + ".amount", "unit", "euros");

        assertThat(tags.list(World.ADMIN, "catalogs", "retail")).containsExactly(Map.entry("team", "trade"));
        assertThat(tags.list(World.ADMIN, "tables", name.toString())).containsExactly(Map.entry("pii", ""));
        assertThat(tags.list(World.ADMIN, "columns", name + ".amount")).containsExactly(Map.entry("unit", "euros"));
        assertThatThrownBy(() -> tags.assign(World.ADMIN, "catalogs", "retail", "team", "other"))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
        assertThatThrownBy(() -> tags.remove(World.ADMIN, "columns", name + ".missing", "unit"))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
        assertInvalid(() -> tags.assign(World.ADMIN, "catalogs", "retail", "a.b", ""));

        tags.remove(World.ADMIN, "tables", name.toString(), "pii");
        assertThat(tags.list(World.ADMIN, "tables", name.toString())).isEmpty();
    }

    @Test
    void whoMayOnlyReadMayNotTagUnlessGrantedTo() {
        Caller ann = reader();
        Tags tags = world.governance.tags();
        assertDenied(() -> tags.assign(ann, "catalogs", "retail", "team", "trade"));
        world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.CATALOG,
                        "retail",
                        List.of(new GrantChange(ann.name(), Set.of(Privilege.APPLY_TAG), Set.of())));
        tags.assign(ann, "catalogs", "retail", "team", "trade");
        tags.assign(ann, "schemas", "retail.sales", "team", "trade");
    }
}
