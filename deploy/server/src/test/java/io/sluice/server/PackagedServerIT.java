package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.ApiException;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.GrantsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.api.TemporaryCredentialsApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.model.ColumnInfo;
import io.unitycatalog.client.model.ColumnTypeName;
import io.unitycatalog.client.model.CreateCatalog;
import io.unitycatalog.client.model.CreateSchema;
import io.unitycatalog.client.model.CreateTable;
import io.unitycatalog.client.model.DataSourceFormat;
import io.unitycatalog.client.model.GenerateTemporaryTableCredential;
import io.unitycatalog.client.model.PermissionsChange;
import io.unitycatalog.client.model.Privilege;
import io.unitycatalog.client.model.SecurableType;
import io.unitycatalog.client.model.TableInfo;
import io.unitycatalog.client.model.TableOperation;
import io.unitycatalog.client.model.TableType;
import io.unitycatalog.client.model.UpdatePermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo world through the eyes of strangers: the Unity Catalog client, plain HTTP, and a recipient. */
class PackagedServerIT {
    private static final String UC = "/api/2.1/unity-catalog";

    @TempDir
    private static Path data;

    private static PackagedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void theUnityCatalogClientCreatesReadsGrantsAndDrops() throws Exception {
        ApiClient client = client(server.token());
        new CatalogsApi(client).createCatalog(new CreateCatalog().name("unity"));
        new SchemasApi(client).createSchema(new CreateSchema().name("default").catalogName("unity"));
        TablesApi tables = new TablesApi(client);
        TableInfo made = tables.createTable(new CreateTable()
                .name("numbers")
                .catalogName("unity")
                .schemaName("default")
                .tableType(TableType.EXTERNAL)
                .dataSourceFormat(DataSourceFormat.DELTA)
                .storageLocation("file:///nowhere/numbers")
                .columns(List.of(new ColumnInfo()
                        .name("id")
                        .typeName(ColumnTypeName.INT)
                        .typeText("int")
                        .typeJson("{\"name\":\"id\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{}}")
                        .position(0))));
        assertThat(tables.getTable("unity.default.numbers", false, false)).isEqualTo(made);
        assertThat(tables.listTables("unity", "default", 10, null).getTables()).containsExactly(made);

        String ann = user("ann@example.com");
        assertThatThrownBy(() -> new TablesApi(client(ann)).getTable("unity.default.numbers", false, false))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isIn(403, 404));
        assertThat(server.get("/api/1.0/sluice/audit").body())
                .contains("\"accessDenied\"", "ann@example.com", "unity.default.numbers");
        grant(client, SecurableType.CATALOG, "unity", Privilege.USE_CATALOG);
        grant(client, SecurableType.SCHEMA, "unity.default", Privilege.USE_SCHEMA);
        grant(client, SecurableType.TABLE, "unity.default.numbers", Privilege.SELECT);
        assertThat(new TablesApi(client(ann)).getTable("unity.default.numbers", false, false))
                .isEqualTo(made);

        assertThatThrownBy(() -> new CatalogsApi(client).createCatalog(new CreateCatalog().name("unity")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(400));
        tables.deleteTable("unity.default.numbers");
        new SchemasApi(client).deleteSchema("unity.default", false);
        new CatalogsApi(client).deleteCatalog("unity", false);
    }

    @Test
    void credentialsOfASealedTableAreRefusedWithTheReason() throws Exception {
        ApiClient client = client(server.token());
        String sealed = new TablesApi(client)
                .getTable("finance.ledger.payments", false, false)
                .getTableId();
        assertThatThrownBy(() -> new TemporaryCredentialsApi(client)
                        .generateTemporaryTableCredentials(new GenerateTemporaryTableCredential()
                                .tableId(sealed)
                                .operation(TableOperation.READ)))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(403);
                    assertThat(e.getResponseBody()).contains("ciphertext");
                });
    }

    @Test
    void nothingOfASealedTableLiesInTheStoreInClear() throws Exception {
        // Parquet begins and ends with PAR1, the log is JSON with the word stats: neither may be seen.
        try (var files = Files.walk(data.resolve("clouds/aws-eu-west-1/finance"))) {
            List<Path> objects = files.filter(Files::isRegularFile).toList();
            assertThat(objects).isNotEmpty();
            for (Path object : objects) {
                String bytes = new String(Files.readAllBytes(object), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(bytes).startsWith("SLUICE").doesNotContain("PAR1", "metaData", "numRecords");
            }
        }
    }

    @Test
    void badInputIsToldInUnityCatalogsShapeWithTheRequestsId() throws Exception {
        assertError(server.as("wrong").get(UC + "/catalogs"), 401, "UNAUTHENTICATED");
        assertError(server.post(UC + "/catalogs", "{\"name\":"), 400, "INVALID_ARGUMENT");
        assertError(server.post(UC + "/catalogs", "{\"name\":[1]}"), 400, "INVALID_ARGUMENT");
        assertError(server.post(UC + "/catalogs", "[".repeat(5_000)), 400, "INVALID_ARGUMENT");
        assertError(server.post(UC + "/catalogs", "{\"name\":\"a b\"}"), 400, "INVALID_ARGUMENT");
        assertError(server.get(UC + "/tables/retail.sales.nope"), 404, "TABLE_NOT_FOUND");
        assertError(
                server.get(UC + "/tables?catalog_name=retail&schema_name=sales&max_results=-1"),
                400,
                "INVALID_ARGUMENT");
        assertError(server.get(UC + "/connections"), 501, "UNIMPLEMENTED");
        assertError(server.post(UC + "/catalogs", "x".repeat(11 * 1024 * 1024)), 413, "REQUEST_TOO_LARGE");
    }

    @Test
    void aTamperedFileUrlIsRefusedAndAWholeOneServesRanges() throws Exception {
        String url = firstFile("demo-sealed.share", "demo_sealed", "ledger", "payments");
        PackagedServer anybody = server.as("none");
        assertThat(anybody.send("GET", url, "", "Range", "bytes=0-3").body()).isEqualTo("PAR1");
        assertThat(anybody.send("GET", url, "", "Range", "bytes=-4").body()).isEqualTo("PAR1");

        int middle = url.length() - 20;
        char other = url.charAt(middle) == 'A' ? 'B' : 'A';
        String tampered = url.substring(0, middle) + other + url.substring(middle + 1);
        assertThat(anybody.send("GET", tampered, "").status()).isEqualTo(403);
    }

    private static String firstFile(String profile, String share, String schema, String table) throws Exception {
        JsonNode json = new ObjectMapper().readTree(Files.readString(data.resolve(profile)));
        PackagedServer recipient = server.as(json.path("bearerToken").asText());
        String answer = recipient
                .post("/delta-sharing/shares/%s/schemas/%s/tables/%s/query".formatted(share, schema, table), "{}")
                .body();
        for (String line : answer.split("\n")) {
            JsonNode file = new ObjectMapper().readTree(line).path("file");
            if (!file.isMissingNode()) return file.path("url").asText();
        }
        throw new AssertionError("no file in " + answer);
    }

    private static void assertError(PackagedServer.Answer answer, int status, String code) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("error_code").asText()).isEqualTo(code);
        assertThat(answer.json().path("message").asText()).isNotEmpty().doesNotContain("java.", "io.sluice");
        String requestId =
                answer.response().headers().firstValue("x-request-id").orElseThrow();
        assertThat(answer.json().path("details").toString()).contains(requestId);
    }

    private static String user(String email) throws Exception {
        assertThat(server.post(
                                "/api/1.0/unity-control/scim2/Users",
                                "{\"displayName\":\"Ann\",\"emails\":[{\"value\":\"%s\",\"primary\":true}]}"
                                        .formatted(email))
                        .status())
                .isEqualTo(201);
        return server.post("/api/1.0/sluice/tokens", "{\"user\":\"%s\"}".formatted(email))
                .json()
                .path("token_value")
                .asText();
    }

    private static void grant(ApiClient client, SecurableType type, String name, Privilege privilege)
            throws ApiException {
        new GrantsApi(client)
                .update(
                        type,
                        name,
                        new UpdatePermissions()
                                .changes(List.of(new PermissionsChange()
                                        .principal("ann@example.com")
                                        .add(List.of(privilege))
                                        .remove(List.of()))));
    }

    private static ApiClient client(String token) throws Exception {
        return ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(TokenProvider.create(Map.of("type", "static", "token", token)))
                .build();
    }
}
