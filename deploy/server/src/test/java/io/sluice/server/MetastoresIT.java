package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.CatalogInfo;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateMetastore;
import com.databricks.sdk.service.catalog.ListCatalogsRequest;
import com.databricks.sdk.service.catalog.ListMetastoresRequest;
import com.databricks.sdk.service.catalog.MetastoreInfo;
import com.databricks.sdk.service.iam.ListUsersRequest;
import com.databricks.sdk.service.iam.User;
import io.sluice.server.PackagedServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two organisations on one server, with the client that both of them have. */
class MetastoresIT {
    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static WorkspaceClient operator;
    private static MetastoreInfo acme;
    private static PackagedServer asOwner;
    private static WorkspaceClient owner;

    @BeforeAll
    static void open() throws Exception {
        server = PackagedServer.dev(data);
        operator = client(server.token());
        acme = operator.metastores()
                .create(new CreateMetastore().setName("acme").setRegion("eu-west-1"));
        Answer token = server.post("/api/1.0/sluice/tokens", """
                {"metastore_id":"%s","user":"admin"}""".formatted(acme.getMetastoreId()));
        assertThat(token.status()).isEqualTo(200);
        asOwner = server.as(token.json().path("token_value").asText());
        owner = client(token.json().path("token_value").asText());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void eachOrganisationSeesItsOwnMetastoreAndCatalogs() {
        assertThat(operator.metastores().current().getMetastoreId())
                .isNotEqualTo(owner.metastores().current().getMetastoreId());
        assertThat(owner.metastores().summary().getName()).isEqualTo("acme");
        assertThat(owner.metastores().list(new ListMetastoresRequest()))
                .extracting(MetastoreInfo::getName)
                .containsExactly("acme");
        assertThat(operator.metastores().list(new ListMetastoresRequest()))
                .extracting(MetastoreInfo::getName)
                .contains("acme");

        // The newcomer's world has a catalog of that name.
        CatalogInfo theirs = owner.catalogs().create(new CreateCatalog().setName("retail"));
        assertThat(theirs.getOwner()).isEqualTo("admin");
        assertThat(owner.catalogs().list(new ListCatalogsRequest()))
                .extracting(CatalogInfo::getName)
                .containsExactly("retail");
        assertThat(operator.catalogs().get("retail").getCreatedAt()).isNotEqualTo(theirs.getCreatedAt());
        assertThatThrownBy(() -> owner.schemas().get("retail.sales")).isInstanceOf(NotFound.class);
    }

    @Test
    void aTableIsReadFromTheMetastoreOfTheTokenThatAsks() throws Exception {
        String orders = "/api/2.1/unity-catalog/tables/retail.sales.orders";
        assertThat(server.get(orders).status()).isEqualTo(200);
        assertThat(asOwner.get(orders).status()).isEqualTo(404);
        owner.catalogs().create(new CreateCatalog().setName("wholesale"));
        assertThat(asOwner.post("/api/2.1/unity-catalog/schemas", """
                {"catalog_name":"wholesale","name":"sales"}""").status()).isEqualTo(200);
        assertThat(asOwner.post("/api/2.1/unity-catalog/tables", """
                {"catalog_name":"wholesale","schema_name":"sales","name":"orders","table_type":"EXTERNAL",
                 "data_source_format":"DELTA","storage_location":"file:///acme/orders","columns":[]}""").status()).isEqualTo(200);
        // Twice, so that memory answers too.
        for (int i = 0; i < 2; i++) {
            assertThat(asOwner.get(orders.replace("retail", "wholesale")).status())
                    .isEqualTo(200);
            assertThat(server.get(orders.replace("retail", "wholesale")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void peopleOfOneOrganisationAreNotThoseOfAnother() {
        owner.users().create(new User().setUserName("ann@acme.example"));
        assertThat(operator.users().list(new ListUsersRequest()))
                .extracting(User::getUserName)
                .doesNotContain("ann@acme.example");
    }

    @Test
    void whatIsServedInTheFirstMetastoreOnlySaysSo() throws Exception {
        for (String path : new String[] {
            "/api/2.1/unity-catalog/shares",
            "/api/1.0/sluice/keys",
            "/api/1.0/sluice/replicas",
            "/api/1.0/sluice/stores",
            "/api/1.0/sluice/billing/statements",
            "/api/1.0/sluice/shards"
        }) {
            Answer answer = asOwner.get(path);
            assertThat(answer.status()).as(path).isEqualTo(501);
            assertThat(answer.json().path("message").asText()).contains("first metastore");
        }
        Answer sealed = asOwner.post("/api/2.1/unity-catalog/catalogs", """
                {"name":"sealed","managed_encryption_settings":{"customer_managed_key_id":"local-kms://mine"}}""");
        assertThat(sealed.status()).isEqualTo(501);
    }

    @Test
    void onlyTheOperatorOpensMetastores() {
        assertThatThrownBy(() -> owner.metastores().create(new CreateMetastore().setName("mine")))
                .isInstanceOf(PermissionDenied.class);
        MetastoreInfo passing = operator.metastores().create(new CreateMetastore().setName("passing"));
        operator.metastores().delete(passing.getMetastoreId());
        assertThatThrownBy(() -> operator.metastores().get(passing.getMetastoreId()))
                .isInstanceOf(NotFound.class);
    }

    private static WorkspaceClient client(String token) throws Exception {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(server.uri().toString())
                .setAuthType("pat")
                .setToken(token));
    }
}
