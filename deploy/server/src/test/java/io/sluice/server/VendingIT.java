package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.service.catalog.AzureServicePrincipal;
import com.databricks.sdk.service.catalog.CreateCredentialRequest;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.CredentialsApi;
import io.unitycatalog.client.api.ExternalLocationsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.api.TemporaryCredentialsApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.model.CreateCatalog;
import io.unitycatalog.client.model.CreateExternalLocation;
import io.unitycatalog.client.model.CreateSchema;
import io.unitycatalog.client.model.CreateTable;
import io.unitycatalog.client.model.DataSourceFormat;
import io.unitycatalog.client.model.GenerateTemporaryTableCredential;
import io.unitycatalog.client.model.TableInfo;
import io.unitycatalog.client.model.TableOperation;
import io.unitycatalog.client.model.TableType;
import io.unitycatalog.client.model.TemporaryCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials for a store that speaks S3, from a configured server, through clients that nobody here wrote. */
class VendingIT {
    private static final String TOKEN = "a-token-that-the-operator-made-by-hand";

    @TempDir
    private static Path folder;

    private static PackagedServer server;
    private static ApiClient unity;
    private static WorkspaceClient databricks;

    @BeforeAll
    static void start() throws Exception {
        Path data = folder.resolve("data");
        Path config = Files.writeString(folder.resolve("sluice.properties"), """
                sluice.data=%s
                sluice.store=sqlite:%s
                sluice.public-url=https://sluice.example.org
                sluice.http.port=%d
                sluice.management.port=%d
                sluice.admin.token-file=%s
                sluice.keys.service=local
                sluice.stores.hall.root=s3://lake/open
                sluice.stores.hall.cloud=onprem
                sluice.stores.hall.region=hall-1
                sluice.stores.hall.endpoint=http://127.0.0.1:9
                sluice.stores.hall.path-style=true
                sluice.stores.hall.credentials-file=%s
                sluice.stores.hall.vending=keys
                """.formatted(
                        data,
                        folder.resolve("metastore.db"),
                        PackagedServer.freePort(),
                        PackagedServer.freePort(),
                        secret("token", TOKEN),
                        secret("keys", "the-access-key\nthe-secret-key\n")));
        server = PackagedServer.configured(config, data, TOKEN);
        unity = ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(TokenProvider.create(Map.of("type", "static", "token", TOKEN)))
                .build();
        databricks = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.uri().toString())
                .setToken(TOKEN)
                .setAuthType("pat"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void theUnityClientReadsTheKeysOfAStoreThatIsNotAmazons() throws Exception {
        assertThat(server.post(
                                "/api/2.1/unity-catalog/credentials",
                                "{\"name\":\"hall\",\"purpose\":\"STORAGE\",\"s3_compatible\":{\"store\":\"hall\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(new CredentialsApi(unity).getCredential("hall").getName()).isEqualTo("hall");
        new ExternalLocationsApi(unity)
                .createExternalLocation(new CreateExternalLocation()
                        .name("open")
                        .url("s3://lake/open")
                        .credentialName("hall"));
        new CatalogsApi(unity).createCatalog(new CreateCatalog().name("retail"));
        new SchemasApi(unity).createSchema(new CreateSchema().name("sales").catalogName("retail"));
        TableInfo table = new TablesApi(unity)
                .createTable(new CreateTable()
                        .name("orders")
                        .catalogName("retail")
                        .schemaName("sales")
                        .tableType(TableType.EXTERNAL)
                        .dataSourceFormat(DataSourceFormat.DELTA)
                        .storageLocation("s3://lake/open/orders"));

        TemporaryCredentials vended = new TemporaryCredentialsApi(unity)
                .generateTemporaryTableCredentials(new GenerateTemporaryTableCredential()
                        .tableId(table.getTableId())
                        .operation(TableOperation.READ));

        assertThat(vended.getAwsTempCredentials().getAccessKeyId()).isEqualTo("the-access-key");
        assertThat(vended.getAwsTempCredentials().getSecretAccessKey()).isEqualTo("the-secret-key");
        assertThat(vended.getAwsTempCredentials().getSessionToken()).isNull();
        assertThat(vended.getUrl()).isEqualTo("s3://lake/open/orders");
        assertThat(vended.getExpirationTime()).isPositive();
        assertThat(server.post(
                                "/api/2.1/unity-catalog/temporary-table-credentials",
                                "{\"table_id\":\"%s\",\"operation\":\"READ\"}".formatted(table.getTableId()))
                        .json()
                        .path("s3_compatible")
                        .toString())
                .isEqualTo("{\"endpoint\":\"http://127.0.0.1:9\",\"region\":\"hall-1\",\"path_style\":true}");
        assertThat(server.output()).doesNotContain("the-secret-key");
    }

    @Test
    void theDatabricksClientKeepsAnApplicationOfAzuresButNotItsSecret() throws Exception {
        AzureServicePrincipal application =
                new AzureServicePrincipal().setDirectoryId("directory-1").setApplicationId("application-1");
        CreateCredentialRequest wanted =
                new CreateCredentialRequest().setName("azure").setAzureServicePrincipal(application);
        databricks.credentials().createCredential(wanted);
        assertThat(databricks.credentials().getCredential("azure").getAzureServicePrincipal())
                .isEqualTo(application);

        application.setClientSecret("hunter2");
        assertThatThrownBy(() -> databricks.credentials().createCredential(wanted.setName("other")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("sluice.vending.secrets");
        assertThat(server.output()).doesNotContain("hunter2");
        assertThat(server.get("/api/1.0/sluice/audit").body()).doesNotContain("hunter2");
    }

    private static Path secret(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
