package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.ExternalLocations.Wanted;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.govern.Volumes.VolumeType;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.CredentialsResource;
import io.sluice.catalog.rest.TemporaryCredentialsResource;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.CredentialVendor.Request;
import io.sluice.catalog.vending.StorageIdentity;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which folders credentials are asked for, as whom, and for whom: nothing that a caller writes widens it. */
abstract class VendingContract {
    private World world;
    private CredentialsResource credentials;
    private Caller ann;

    /** A store that nobody else uses. */
    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void foundTheMetastore() throws Exception {
        world = World.open(freshStore());
        credentials = new CredentialsResource();
        create("{'name':'minio','s3_compatible':{'store':'hall'}}");
        location("lake", "s3://lake/open", "minio", false);
        world.governance
                .catalogs()
                .create(World.ADMIN, new NewCatalog("retail", null, Map.of(), "s3://lake/open/managed", null));
        world.schema("retail", "sales");
        ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", Privilege.ALL_PRIVILEGES);
    }

    @AfterEach
    void closeTheStore() {
        world.close();
    }

    @Test
    void theFolderOfATableIsOpenedByTheCredentialOfTheLocationAroundIt() {
        String id = table("orders", "s3://lake/open/orders", Map.of());

        assertThat(read(id).location()).isEqualTo("s3://lake/open/orders");
        read(id);

        assertThat(world.issued).singleElement().satisfies(request -> {
            assertThat(request.identity()).isEqualTo(new StorageIdentity.ConfiguredStore("hall"));
            assertThat(request.access()).isEqualTo(Access.READ);
        });
    }

    @Test
    void credentialsOfEveryCloudAreKeptAndShownWithoutSecrets() {
        create("{'name':'role','aws_iam_role':{'role_arn':'arn:aws:iam::123456789012:role/a','external_id':'mine'}}");
        create("{'name':'app','azure_service_principal':{'directory_id':'d-1','application_id':'a-1'}}");
        create("{'name':'vm','azure_managed_identity':{'access_connector_id':'/subscriptions/1/c'}}");
        create("{'name':'gcp','databricks_gcp_service_account':{'email':'lake@project.iam'}}");

        assertThat(shown("role")).contains("\"purpose\":\"STORAGE\"").doesNotContain("mine");
        assertThat(shown("app"))
                .contains("\"azure_service_principal\":{\"directory_id\":\"d-1\",\"application_id\":\"a-1\"}");
        assertThat(shown("vm")).contains("\"access_connector_id\":\"/subscriptions/1/c\"");
        assertThat(shown("gcp")).contains("\"databricks_gcp_service_account\":{\"email\":\"lake@project.iam\"}");
    }

    @Test
    void aChangedCredentialKeepsItsExternalIdAndMayBecomeOneOfAnotherCloud() {
        create("{'name':'role','aws_iam_role':{'role_arn':'arn:aws:iam::123456789012:role/a'}}");
        String externalId = shown("role").replaceFirst(".*\"external_id\":\"([^\"]+)\".*", "$1");
        update("role", "{'aws_iam_role':{'role_arn':'arn:aws:iam::123456789012:role/b'}}");
        assertThat(shown("role")).contains(externalId, "role/b");
        update("role", "{'comment':'ours'}");
        assertThat(shown("role")).contains(externalId, "role/b", "ours");
        update("role", "{'s3_compatible':{'store':'hall'}}");
        assertThat(shown("role")).contains("hall").doesNotContain("role/b");
    }

    @Test
    void secretsAreNeitherTakenNorTold() {
        String secret = "{'name':'app','azure_service_principal':{'directory_id':'d','application_id':'a',"
                + "'client_secret':'hunter2'}}";
        assertThatThrownBy(() -> create(secret))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("sluice.vending.secrets")
                .hasMessageNotContaining("hunter2");
        VendedCredentials vended = read(table("orders", "s3://lake/open/orders", Map.of()));

        assertThat(vended.toWire().toString()).contains("the-secret-key", "the-session-token");
        assertThat(world.governance.auditLog().newest(World.ADMIN, 100).toString())
                .contains("generateTemporaryTableCredential", "s3://lake/open/orders")
                .doesNotContain("hunter2", "the-secret-key", "the-session-token");
    }

    @Test
    void aStagedTableGetsTheFolderThatWasChosenForItAndNoOther() {
        var staged = world.governance.managedTables().stage(ann, TableName.of("retail", "sales", "events"));
        assertThat(world.governance
                        .vending()
                        .forTable(ann, staged.id(), Access.READ_WRITE)
                        .location())
                .isEqualTo("s3://lake/open/managed/__unitystorage/tables/" + staged.id());

        for (String elsewhere : List.of("s3://lake/other", staged.location() + "/../x", staged.location() + "x"))
            assertKind(FailureKind.INVALID, () -> create(ann, "events", TableType.MANAGED, elsewhere, Map.of()));
        assertKind(FailureKind.INVALID, () -> path(World.ADMIN, staged.location()));
        assertThat(world.issued).hasSize(1);
    }

    @Test
    void aStorageRootNeedsTheRightToItsFolderBeforeAnythingIsStagedThere() {
        var wanted = new NewSchema("retail", "mine", null, Map.of(), "s3://lake/open/ann");
        assertKind(FailureKind.DENIED, () -> world.governance.schemas().create(ann, wanted));
        grant(SecurableType.METASTORE, "metastore", Privilege.CREATE_CATALOG);
        assertKind(
                FailureKind.DENIED,
                () -> world.governance
                        .catalogs()
                        .create(ann, new NewCatalog("mine", null, Map.of(), "s3://elsewhere/ann", null)));

        grant(SecurableType.EXTERNAL_LOCATION, "lake", Privilege.CREATE_MANAGED_STORAGE);
        assertThat(world.governance.schemas().create(ann, wanted)).isNotNull();
    }

    @Test
    void whatSomebodyMayNotRegisterTheyDoNotReadThroughAVolumeOrAnotherCatalog() {
        table("orders", "s3://lake/open/orders", Map.of());
        TableName files = TableName.of("retail", "sales", "files");
        assertKind(
                FailureKind.DENIED,
                () -> world.governance.volumes().create(ann, files, VolumeType.EXTERNAL, "s3://lake/open/files", null));

        grant(SecurableType.EXTERNAL_LOCATION, "lake", Privilege.CREATE_EXTERNAL_VOLUME);
        grant(SecurableType.EXTERNAL_LOCATION, "lake", Privilege.CREATE_EXTERNAL_TABLE);
        assertThat(world.governance.volumes().create(ann, files, VolumeType.EXTERNAL, "s3://lake/open/files", null))
                .isNotNull();
        world.catalog("other");
        world.schema("other", "s");
        grant(SecurableType.CATALOG, "other", Privilege.ALL_PRIVILEGES);
        for (String taken : List.of("s3://lake/open/orders", "s3://lake/open/orders/part", "s3://lake/open"))
            assertKind(
                    FailureKind.INVALID,
                    () -> world.governance
                            .tables()
                            .create(ann, newTable("other", "s", "copy", TableType.EXTERNAL, taken, Map.of())));
    }

    @Test
    void propertiesThatNameOtherFoldersOpenNone() {
        Map<String, String> elsewhere = Map.of(
                "location", "s3://lake/open/victim",
                "write.data.path", "s3://lake/open/victim",
                "write.metadata.path", "s3://lake/open/victim",
                "write.object-storage.path", "s3://lake/open/victim");
        String id = table("orders", "s3://lake/open/orders", elsewhere);
        world.governance.vending().forTable(World.ADMIN, id, Access.READ_WRITE);

        assertThat(world.issued).extracting(Request::folder).hasToString("[s3://lake/open/orders]");
    }

    @Test
    void aStarOrAnExpressionInALocationIsAskedForLetterByLetter() {
        String name = "a*'+(true)+'$x";
        read(table("odd", "s3://lake/open/" + name, Map.of()));
        assertThat(world.issued)
                .singleElement()
                .satisfies(request -> assertThat(request.folder().path()).isEqualTo("open/" + name));
        String encoded = table("encoded", "s3://lake/open/a%2Fb", Map.of());
        assertKind(FailureKind.INVALID, () -> read(encoded));
    }

    @Test
    void namesOfTablesTakeNoSignsThatAPolicyCouldReadAsItsOwn() {
        for (String name : List.of("a*", "a?", "${x}", "a' || 'b", "a/b", "a\"b"))
            assertKind(
                    FailureKind.INVALID,
                    () -> world.governance.managedTables().stage(ann, TableName.of("retail", "sales", name)));
    }

    @Test
    void aReadOnlyLocationIsReadOnlyForItsTablesToo() {
        location("archive", "s3://archive/old", "minio", true);
        String id = table("old", "s3://archive/old/orders", Map.of());
        assertThat(read(id)).isNotNull();
        assertKind(FailureKind.DENIED, () -> world.governance.vending().forTable(World.ADMIN, id, Access.READ_WRITE));

        String open = table("orders", "s3://lake/open/orders", Map.of());
        update("minio", "{'read_only':true}");
        assertThat(read(open)).isNotNull();
        assertKind(FailureKind.DENIED, () -> world.governance.vending().forTable(World.ADMIN, open, Access.READ_WRITE));
    }

    @Test
    void aCredentialThatTookOverTheNameOfAnotherDoesNotOpenItsFolders() {
        String id = table("orders", "s3://lake/open/orders", Map.of());
        update("minio", "{'new_name':'renamed'}");
        assertThat(read(id)).isNotNull();
        assertKind(FailureKind.INVALID, () -> credentials.delete("renamed", false, as(World.ADMIN)));
        credentials.delete("renamed", true, as(World.ADMIN));
        create("{'name':'minio','s3_compatible':{'store':'other'}}");
        assertKind(FailureKind.INVALID, () -> world.governance.vending().forTable(World.ADMIN, id, Access.READ_WRITE));
    }

    @Test
    void aTableIsAnsweredForInTheWordsOfUnityCatalog() {
        String id = table("orders", "s3://lake/open/orders", Map.of());
        Response answer = new TemporaryCredentialsResource()
                .forTable(bytes("{'table_id':'" + id + "','operation':'READ'}"), as(World.ADMIN));
        assertThat(text(answer))
                .contains("\"secret_access_key\":\"the-secret-key\"", "\"session_token\":\"the-session-token\"")
                .contains("\"azure_user_delegation_sas\":null", "\"gcp_oauth_token\":null")
                .endsWith("\"url\":\"s3://lake/open/orders\"}");
    }

    private VendedCredentials read(String tableId) {
        return world.governance.vending().forTable(World.ADMIN, tableId, Access.READ);
    }

    private void path(Caller caller, String url) {
        world.governance.vending().forPath(caller, url, Access.READ, Privilege.READ_FILES);
    }

    private String table(String name, String location, Map<String, String> properties) {
        return create(World.ADMIN, name, TableType.EXTERNAL, location, properties);
    }

    private String create(Caller caller, String name, TableType type, String location, Map<String, String> properties) {
        return world.governance
                .tables()
                .create(caller, newTable("retail", "sales", name, type, location, properties))
                .table()
                .id();
    }

    private static NewTable newTable(
            String catalog,
            String schema,
            String name,
            TableType type,
            String location,
            Map<String, String> properties) {
        return new NewTable(catalog, schema, name, type, "DELTA", List.of(), location, null, properties);
    }

    private void location(String name, String folder, String credential, boolean isReadOnly) {
        world.governance
                .externalLocations()
                .create(
                        World.ADMIN,
                        EntityName.of(name),
                        new Wanted(folder, EntityName.of(credential), isReadOnly),
                        null);
    }

    /** To Ann. */
    private void grant(SecurableType type, String name, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(ann.name(), Set.of(privilege), Set.of())));
    }

    private void create(String json) {
        credentials.create(bytes(json), as(World.ADMIN));
    }

    private void update(String name, String json) {
        credentials.update(name, bytes(json), as(World.ADMIN));
    }

    private String shown(String name) {
        return text(credentials.get(name, as(World.ADMIN)));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Response answer) {
        return answer.getEntity() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(answer.getEntity());
    }

    private SecurityContext as(Caller caller) {
        return new Callers.Entered(new Metastores.Entry(world.governance, caller), false);
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
