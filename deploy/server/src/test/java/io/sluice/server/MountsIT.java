package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CatalogType;
import com.databricks.sdk.service.catalog.ColumnInfo;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateSchema;
import com.databricks.sdk.service.catalog.DataSourceFormat;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.SchemaInfo;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.sharing.AuthenticationType;
import com.databricks.sdk.service.sharing.CreateProvider;
import com.databricks.sdk.service.sharing.CreateShare;
import com.databricks.sdk.service.sharing.PermissionsChange;
import com.databricks.sdk.service.sharing.ShareInfo;
import com.databricks.sdk.service.sharing.SharedDataObject;
import com.databricks.sdk.service.sharing.SharedDataObjectDataObjectType;
import com.databricks.sdk.service.sharing.SharedDataObjectUpdate;
import com.databricks.sdk.service.sharing.SharedDataObjectUpdateAction;
import com.databricks.sdk.service.sharing.UpdateShare;
import com.databricks.sdk.service.sharing.UpdateSharePermissions;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.server.PackagedServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What else can be shared, and mounting it, through the client of Databricks, which nobody here wrote. The server is its
 * own provider: it mounts what it shares with the recipient of its demo.
 */
class MountsIT {
    private static final String CATALOG = "/api/2.1/unity-catalog/";

    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static WorkspaceClient databricks;
    private static String profile;
    private static String bearer;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
        databricks = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.uri().toString())
                .setToken(server.token())
                .setAuthType("pat"));
        profile = Files.readString(data.resolve("demo.share"));
        bearer = new ObjectMapper().readTree(profile).path("bearerToken").asText();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aSharedSchemaShowsItsTablesAndOnesThatAreMadeLater() throws Exception {
        TableInfo existing = aTable();
        String schema = existing.getCatalogName() + "." + existing.getSchemaName();
        share("whole", schema, SharedDataObjectDataObjectType.SCHEMA);

        Answer described = asRecipient("whole/schemas/" + existing.getSchemaName() + "/tables/" + existing.getName());
        assertThat(described.status()).as(described.body()).isEqualTo(200);
        assertThat(described.json().path("format").asText()).isEqualTo("delta");
        assertThat(described.json().path("id").asText()).isEqualTo(existing.getTableId());
        assertThat(asRecipient("whole/all-tables").json().path("items"))
                .hasSize((int) count(databricks.tables().list(existing.getCatalogName(), existing.getSchemaName())));

        Path place = Files.createDirectories(data.resolve("later"));
        Answer made = server.post(
                CATALOG + "tables", """
                {"catalog_name":"%s","schema_name":"%s","name":"made_later","table_type":"EXTERNAL",
                 "data_source_format":"DELTA","columns":[],"storage_location":"%s"}
                """.formatted(existing.getCatalogName(), existing.getSchemaName(), place.toUri()));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(asRecipient("whole/all-tables").body()).contains("made_later");
        databricks.tables().delete(schema + ".made_later");
        assertThat(asRecipient("whole/all-tables").body()).doesNotContain("made_later");
        assertThat(asRecipient("whole/schemas/" + existing.getSchemaName() + "/tables/made_later")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void volumesAndModelsInAnObjectStoreAreSharedAndOthersRefused() throws Exception {
        databricks.catalogs().create(new CreateCatalog().setName("plain").setStorageRoot("s3://somewhere/plain"));
        databricks.schemas().create(new CreateSchema().setName("raw").setCatalogName("plain"));
        volume("plain", "raw", "scans", "s3://somewhere/scans");
        made("models", """
                {"catalog_name":"plain","schema_name":"raw","name":"churn"}""");
        made("models/versions", """
                {"catalog_name":"plain","schema_name":"raw","model_name":"churn","source":"a notebook"}""");
        share("folders", "plain.raw.scans", SharedDataObjectDataObjectType.VOLUME);
        share("brains", "plain.raw.churn", SharedDataObjectDataObjectType.MODEL);

        Answer listed = asRecipient("folders/all-volumes");
        assertThat(listed.json().path("items").path(0).path("storageLocation").asText())
                .as(listed.body())
                .isEqualTo("s3://somewhere/scans");
        assertThat(asRecipient("folders/schemas").body()).contains("raw");
        // Nothing here opens that bucket, and the answer says so rather than hand out something else.
        Answer refused = server.as(bearer)
                .post("/delta-sharing/shares/folders/schemas/raw/volumes/scans/temporary-volume-credentials", "{}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(asRecipient("brains/schemas/raw/models/churn/versions")
                        .json()
                        .path("items"))
                .isEmpty();
        Answer finished = server.send("PATCH", CATALOG + "models/plain.raw.churn/versions/1/finalize", """
                {"full_name":"plain.raw.churn","version":1}""");
        assertThat(finished.status()).as(finished.body()).isEqualTo(200);
        assertThat(asRecipient("brains/schemas/raw/models/churn/versions/1")
                        .json()
                        .path("storageLocation")
                        .asText())
                .startsWith("s3://somewhere/plain");

        Path place = Files.createDirectories(data.resolve("local-files"));
        volume("plain", "raw", "local", place.toUri().toString());
        refusedInShare("plain.raw.local", "folder of this machine");
        TableInfo sealed = aTable();
        volume(sealed.getCatalogName(), sealed.getSchemaName(), "scans", "s3://somewhere/sealed");
        refusedInShare(sealed.getCatalogName() + "." + sealed.getSchemaName() + ".scans", "sealed");
    }

    private static void made(String path, String body) throws Exception {
        Answer made = server.post(CATALOG + path, body);
        assertThat(made.status()).as(made.body()).isEqualTo(200);
    }

    private static void volume(String catalog, String schema, String name, String location) throws Exception {
        made("volumes", """
                {"catalog_name":"%s","schema_name":"%s","name":"%s","volume_type":"EXTERNAL","storage_location":"%s"}
                """.formatted(catalog, schema, name, location));
    }

    private static void refusedInShare(String volume, String why) throws Exception {
        Answer refused = server.send("PATCH", CATALOG + "shares/folders", """
                {"updates":[{"action":"ADD","data_object":{"name":"%s","data_object_type":"VOLUME"}}]}
                """.formatted(volume));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains(why);
    }

    @Test
    void aMountedShareIsACatalogOfItsTablesToBeReadOnly() throws Exception {
        TableInfo existing = aTable();
        share("outgoing", fullName(existing), SharedDataObjectDataObjectType.TABLE);
        provider("ourselves");
        CatalogInfo made = databricks
                .catalogs()
                .create(new CreateCatalog()
                        .setName("incoming")
                        .setProviderName("ourselves")
                        .setShareName("outgoing"));
        assertThat(made.getCatalogType()).isEqualTo(CatalogType.DELTASHARING_CATALOG);
        assertThat(made.getProviderName()).isEqualTo("ourselves");
        assertThat(made.getShareName()).isEqualTo("outgoing");

        assertThat(databricks.schemas().list("incoming"))
                .extracting(SchemaInfo::getName)
                .containsExactly(existing.getSchemaName());
        assertThat(databricks.tables().list("incoming", existing.getSchemaName()))
                .extracting(TableInfo::getName)
                .containsExactly(existing.getName());
        TableInfo mounted = databricks.tables().get("incoming." + existing.getSchemaName() + "." + existing.getName());
        assertThat(mounted.getDataSourceFormat()).isEqualTo(DataSourceFormat.DELTASHARING);
        assertThat(mounted.getColumns())
                .isNotEmpty()
                .extracting(ColumnInfo::getName)
                .doesNotContainNull();

        assertThatThrownBy(() -> databricks
                        .schemas()
                        .create(new CreateSchema().setName("mine").setCatalogName("incoming")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("mounted");
        Answer credentials = server.post(
                CATALOG + "temporary-table-credentials",
                "{\"table_id\":\"%s\",\"operation\":\"READ\"}".formatted(mounted.getTableId()));
        assertThat(credentials.status()).as(credentials.body()).isEqualTo(400);
        assertThat(credentials.body()).contains("profile from the provider");
    }

    @Test
    void aMountedProviderStandsUntilItsCatalogIsDeleted() {
        TableInfo existing = aTable();
        share("kept", fullName(existing), SharedDataObjectDataObjectType.TABLE);
        provider("relied-on");
        databricks
                .catalogs()
                .create(new CreateCatalog()
                        .setName("relying")
                        .setProviderName("relied-on")
                        .setShareName("kept"));

        assertThatThrownBy(() -> databricks.providers().delete("relied-on"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("relying");
        assertThatThrownBy(() -> databricks
                        .catalogs()
                        .create(new CreateCatalog()
                                .setName("other")
                                .setProviderName("relied-on")
                                .setShareName("no-such-share")))
                .isInstanceOf(NotFound.class);
        databricks.catalogs().delete("relying");
        databricks.providers().delete("relied-on");
        assertThatThrownBy(() -> databricks.providers().get("relied-on")).isInstanceOf(NotFound.class);
    }

    /** Some table of the demo, whose first catalog is sealed. */
    private static TableInfo aTable() {
        for (CatalogInfo catalog : databricks.catalogs().list(new ListCatalogsRequest()))
            if (catalog.getCatalogType() == null)
                for (SchemaInfo schema : databricks.schemas().list(catalog.getName()))
                    for (TableInfo table : databricks.tables().list(catalog.getName(), schema.getName()))
                        if (!table.getName().equals("made_later")) return table;
        throw new AssertionError("the demo has no tables");
    }

    private static String fullName(TableInfo table) {
        return table.getCatalogName() + "." + table.getSchemaName() + "." + table.getName();
    }

    /** A share of one thing, for the recipient of the demo. */
    private static void share(String name, String object, SharedDataObjectDataObjectType type) {
        databricks.shares().create(new CreateShare().setName(name));
        ShareInfo updated = databricks
                .shares()
                .update(new UpdateShare()
                        .setName(name)
                        .setUpdates(List.of(new SharedDataObjectUpdate()
                                .setAction(SharedDataObjectUpdateAction.ADD)
                                .setDataObject(
                                        new SharedDataObject().setName(object).setDataObjectType(type)))));
        assertThat(updated.getObjects()).singleElement().satisfies(shared -> {
            assertThat(shared.getDataObjectType()).isEqualTo(type);
            assertThat(shared.getName()).isEqualTo(object);
        });
        databricks
                .shares()
                .updatePermissions(new UpdateSharePermissions()
                        .setName(name)
                        .setChanges(List.of(
                                new PermissionsChange().setPrincipal("demo").setAdd(List.of("SELECT")))));
    }

    private static void provider(String name) {
        databricks
                .providers()
                .create(new CreateProvider()
                        .setName(name)
                        .setAuthenticationType(AuthenticationType.TOKEN)
                        .setRecipientProfileStr(profile));
    }

    private static Answer asRecipient(String path) throws Exception {
        return server.as(bearer).get("/delta-sharing/shares/" + path);
    }

    private static long count(Iterable<TableInfo> tables) {
        long count = 0;
        for (TableInfo ignored : tables) count++;
        return count;
    }
}
