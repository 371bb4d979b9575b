package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.Snapshot;
import io.delta.kernel.unitycatalog.UCTableIdentifier;
import io.delta.storage.commit.uccommitcoordinator.UCClient;
import io.delta.storage.commit.uccommitcoordinator.UCTokenBasedRestClient;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.iceberg.IcebergLog;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSnapshot;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.ApiException;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.FunctionsApi;
import io.unitycatalog.client.api.GrantsApi;
import io.unitycatalog.client.api.ModelVersionsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.api.VolumesApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.model.CatalogInfo;
import io.unitycatalog.client.model.ModelVersionInfo;
import io.unitycatalog.client.model.ModelVersionStatus;
import io.unitycatalog.client.model.PermissionsChange;
import io.unitycatalog.client.model.Privilege;
import io.unitycatalog.client.model.SchemaInfo;
import io.unitycatalog.client.model.SecurableType;
import io.unitycatalog.client.model.TableInfo;
import io.unitycatalog.client.model.TableType;
import io.unitycatalog.client.model.UpdatePermissions;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's world as strangers find it: its tables through Delta Kernel, its people through Unity Catalog. */
class DemoWorldIT {
    private static final List<LocalDate> DAYS =
            List.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3));

    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static ApiClient admin;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
        admin = client(server.token());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void plainTablesHoldTheRowsOfTheirSeed() throws Exception {
        assertThat(rows("retail.sales.customers")).hasSize(500);
        assertThat(rows("retail.stock.products")).hasSize(24);
        assertThat(rows("retail.stock.levels")).hasSize(72);
        List<TableRow> orders = rows("retail.sales.orders");
        assertThat(orders).hasSize(3 * 1_200);
        assertThat(sum(orders)).isEqualTo("3703556.39");
    }

    @Test
    void linesArePartitionedByDayAndAddUpToTheirOrders() throws Exception {
        List<TableRow> lines = rows("retail.sales.order_lines");

        assertThat(log("retail.sales.order_lines").snapshot().partitionColumns())
                .containsExactly("order_date");
        assertThat(table("retail.sales.order_lines").getColumns())
                .filteredOn(column -> column.getPartitionIndex() != null)
                .singleElement()
                .satisfies(column -> assertThat(column.getName()).isEqualTo("order_date"));
        try (var folders = Files.list(folder("retail.sales.order_lines"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsAll(DAYS.stream().map(day -> "order_date=" + day).toList());
        }
        assertThat(totalsByDay(lines)).containsOnlyKeys(DAYS).isEqualTo(totalsByDay(rows("retail.sales.orders")));
    }

    @Test
    void withdrawnReturnsAreHiddenByDeletionVectors() throws Exception {
        Predicate<TableRow> withdrawn = row -> Objects.equals(row.get("withdrawn"), true);
        ObjectStore store = store("retail.sales.returns");

        assertThat(log("retail.sales.returns").snapshot().files())
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.deletionVector()).isPresent());
        List<TableRow> before = TableReader.at(store, 2).rows(Integer.MAX_VALUE);
        List<TableRow> after = rows("retail.sales.returns");
        assertThat(before).hasSize(462).anyMatch(withdrawn);
        assertThat(after).hasSize(365).noneMatch(withdrawn);
        assertThat(after)
                .containsExactlyElementsOf(
                        before.stream().filter(withdrawn.negate()).toList());
    }

    @Test
    void deliveriesStandInIcebergsFormatWithTheirDaysAsPartitions() throws Exception {
        ObjectStore store = store("retail.stock.deliveries");
        TableSnapshot deliveries = IcebergLog.at(store).snapshot();

        assertThat(deliveries.version()).isEqualTo(2);
        assertThat(deliveries.partitionColumns()).containsExactly("arrived_on");
        assertThat(TableReader.preview(store, deliveries).rows(Integer.MAX_VALUE))
                .hasSize(156)
                .allSatisfy(row -> assertThat(row.get("arrived_on")).hasToString(day(row)));
        assertThat(table("retail.stock.deliveries").getStorageLocation()).endsWith("/retail/stock/deliveries");
    }

    private static String day(TableRow row) {
        return String.valueOf(row.get("arrived_at")).substring(0, 10);
    }

    @Test
    void movementsHaveTheirVersionsFromTheCatalog() throws Exception {
        TableInfo info = table("retail.stock.movements");
        assertThat(info.getTableType()).isEqualTo(TableType.MANAGED);
        try (UCClient client = new UCTokenBasedRestClient(server.uri().toString(), tokens(server.token()), Map.of())) {
            KernelTable table = new KernelTable(
                    client,
                    new UCTableIdentifier("retail", "stock", "movements"),
                    info.getTableId(),
                    info.getStorageLocation());
            Snapshot latest = table.latest();
            assertThat(latest.getVersion()).isEqualTo(2);
            assertThat(table.rows(latest)).hasSize(600).doesNotHaveDuplicates();
            assertThat(table.rows(table.at(1))).hasSize(300);
            // The newest version is not in the log yet: only the catalog knows of it.
            Path log = folder("retail.stock.movements").resolve("_delta_log");
            assertThat(log.resolve("00000000000000000001.json")).exists();
            assertThat(log.resolve("00000000000000000002.json")).doesNotExist();
        }
    }

    @Test
    void filesLieWhereTheVolumeAndTheModelSay() throws Exception {
        VolumesApi volumes = new VolumesApi(admin);
        assertThat(volumes.listVolumes("retail", "stock", 10, null).getVolumes())
                .hasSize(2);
        Path documents =
                Path.of(URI.create(volumes.getVolume("retail.stock.documents").getStorageLocation()));
        assertThat(Files.readAllLines(documents.resolve("price_list.csv")))
                .hasSize(25)
                .startsWith("product_id,name,kind,unit_price");

        ModelVersionInfo version = new ModelVersionsApi(admin).getModelVersion("retail.stock.return_risk", 1L);
        assertThat(version.getStatus()).isEqualTo(ModelVersionStatus.READY);
        Path model = Path.of(URI.create(version.getStorageLocation()));
        assertThat(model.resolve("MLmodel")).isNotEmptyFile();
        assertThat(model.resolve("rates.json")).content().contains("\"pump\": 0.0");
        assertThat(new FunctionsApi(admin)
                        .getFunction("retail.sales.net_price")
                        .getInputParams()
                        .getParameters())
                .hasSize(2);
    }

    @Test
    void theAnalystSeesOneSchema() throws Exception {
        ApiClient analyst = client(token("analyst"));

        assertThat(catalogs(analyst)).containsExactly("retail");
        assertThat(schemas(analyst)).containsExactly("sales");
        assertThat(tables(analyst, "sales")).containsExactly("customers", "order_lines", "orders", "returns");
        assertDenied(() -> new TablesApi(analyst).getTable("retail.stock.products", false, false));
        assertDenied(() -> new TablesApi(analyst).getTable("finance.ledger.payments", false, false));
    }

    @Test
    void theInternSeesOneTable() throws Exception {
        ApiClient intern = client(token("intern"));

        assertThat(catalogs(intern)).containsExactly("retail");
        assertThat(schemas(intern)).containsExactly("stock");
        assertThat(tables(intern, "stock")).containsExactly("products");
        assertThat(new VolumesApi(intern)
                        .listVolumes("retail", "stock", 10, null)
                        .getVolumes())
                .isEmpty();
        assertDenied(() -> grant(intern, "retail.stock.products", "ana@example.com"));
    }

    @Test
    void theStewardsMayGrant() throws Exception {
        ApiClient steward = client(token("steward"));
        ApiClient intern = client(token("intern"));
        assertDenied(() -> new TablesApi(intern).getTable("retail.stock.levels", false, false));

        grant(steward, "retail.stock.levels", "ian@example.com");
        assertThat(new TablesApi(intern)
                        .getTable("retail.stock.levels", false, false)
                        .getName())
                .isEqualTo("levels");

        new GrantsApi(steward)
                .update(
                        SecurableType.TABLE,
                        "retail.stock.levels",
                        changes(new PermissionsChange()
                                .principal("ian@example.com")
                                .add(List.of())
                                .remove(List.of(Privilege.SELECT))));
        assertDenied(() -> new TablesApi(intern).getTable("retail.stock.levels", false, false));
    }

    @Test
    void theNightlyLoadIsAServiceThatMayWrite() throws Exception {
        String services =
                server.get("/api/1.0/unity-control/scim2/ServicePrincipals").body();
        assertThat(services).contains("Nightly load");

        assertThat(new GrantsApi(admin)
                        .get(SecurableType.SCHEMA, "retail.stock", null)
                        .getPrivilegeAssignments())
                .anySatisfy(assignment -> {
                    assertThat(services).contains(assignment.getPrincipal());
                    assertThat(assignment.getPrivileges()).contains(Privilege.MODIFY);
                });
    }

    private static List<TableRow> rows(String table) throws Exception {
        return TableReader.latest(store(table)).rows(Integer.MAX_VALUE);
    }

    private static DeltaLog log(String table) throws Exception {
        return DeltaLog.at(store(table));
    }

    private static ObjectStore store(String table) throws Exception {
        return LocalObjectStore.at(folder(table));
    }

    private static Path folder(String table) throws Exception {
        return Path.of(URI.create(table(table).getStorageLocation()));
    }

    private static TableInfo table(String table) throws Exception {
        return new TablesApi(admin).getTable(table, false, false);
    }

    private static Map<Object, BigDecimal> totalsByDay(List<TableRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> Objects.requireNonNull(row.get("order_date")),
                        Collectors.reducing(BigDecimal.ZERO, DemoWorldIT::amount, BigDecimal::add)));
    }

    private static String sum(List<TableRow> rows) {
        return rows.stream()
                .map(DemoWorldIT::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }

    private static BigDecimal amount(TableRow row) {
        return (BigDecimal) Objects.requireNonNull(row.get("amount"));
    }

    private static List<String> catalogs(ApiClient client) throws ApiException {
        return new CatalogsApi(client)
                .listCatalogs(null, 10).getCatalogs().stream()
                        .map(CatalogInfo::getName)
                        .toList();
    }

    private static List<String> schemas(ApiClient client) throws ApiException {
        return new SchemasApi(client)
                .listSchemas("retail", 10, null).getSchemas().stream()
                        .map(SchemaInfo::getName)
                        .toList();
    }

    private static List<String> tables(ApiClient client, String schema) throws ApiException {
        return new TablesApi(client)
                .listTables("retail", schema, 10, null).getTables().stream()
                        .map(TableInfo::getName)
                        .toList();
    }

    private static void grant(ApiClient client, String table, String principal) throws ApiException {
        new GrantsApi(client)
                .update(
                        SecurableType.TABLE,
                        table,
                        changes(new PermissionsChange()
                                .principal(principal)
                                .add(List.of(Privilege.SELECT))
                                .remove(List.of())));
    }

    private static UpdatePermissions changes(PermissionsChange change) {
        return new UpdatePermissions().changes(List.of(change));
    }

    private interface Call {
        void make() throws Exception;
    }

    private static void assertDenied(Call call) {
        assertThatThrownBy(call::make)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isIn(403, 404));
    }

    private static String token(String person) throws Exception {
        return Files.readString(data.resolve(person + ".token")).trim();
    }

    private static ApiClient client(String token) throws Exception {
        return ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(tokens(token))
                .build();
    }

    private static TokenProvider tokens(String token) {
        return TokenProvider.create(Map.of("type", "static", "token", token));
    }
}
