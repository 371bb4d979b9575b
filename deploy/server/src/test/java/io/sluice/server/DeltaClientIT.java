package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.ApiException;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.delta.DeltaApiException;
import io.unitycatalog.client.delta.api.DeltaConfigurationApi;
import io.unitycatalog.client.delta.api.DeltaTablesApi;
import io.unitycatalog.client.delta.api.DeltaTemporaryCredentialsApi;
import io.unitycatalog.client.delta.model.DeltaAddCommitUpdate;
import io.unitycatalog.client.delta.model.DeltaArrayType;
import io.unitycatalog.client.delta.model.DeltaAssertEtag;
import io.unitycatalog.client.delta.model.DeltaAssertTableUUID;
import io.unitycatalog.client.delta.model.DeltaCatalogConfig;
import io.unitycatalog.client.delta.model.DeltaClusteringDomainMetadata;
import io.unitycatalog.client.delta.model.DeltaCommit;
import io.unitycatalog.client.delta.model.DeltaCreateStagingTableRequest;
import io.unitycatalog.client.delta.model.DeltaCreateTableRequest;
import io.unitycatalog.client.delta.model.DeltaCredentialOperation;
import io.unitycatalog.client.delta.model.DeltaCredentialsResponse;
import io.unitycatalog.client.delta.model.DeltaDataType;
import io.unitycatalog.client.delta.model.DeltaDecimalType;
import io.unitycatalog.client.delta.model.DeltaDomainMetadataUpdates;
import io.unitycatalog.client.delta.model.DeltaErrorType;
import io.unitycatalog.client.delta.model.DeltaLoadTableResponse;
import io.unitycatalog.client.delta.model.DeltaMapType;
import io.unitycatalog.client.delta.model.DeltaPrimitiveType;
import io.unitycatalog.client.delta.model.DeltaProtocol;
import io.unitycatalog.client.delta.model.DeltaRemoveDomainMetadataUpdate;
import io.unitycatalog.client.delta.model.DeltaRemovePropertiesUpdate;
import io.unitycatalog.client.delta.model.DeltaRenameTableRequest;
import io.unitycatalog.client.delta.model.DeltaReportMetricsRequest;
import io.unitycatalog.client.delta.model.DeltaRowTrackingDomainMetadata;
import io.unitycatalog.client.delta.model.DeltaSetDomainMetadataUpdate;
import io.unitycatalog.client.delta.model.DeltaSetLatestBackfilledVersionUpdate;
import io.unitycatalog.client.delta.model.DeltaSetPartitionColumnsUpdate;
import io.unitycatalog.client.delta.model.DeltaSetPropertiesUpdate;
import io.unitycatalog.client.delta.model.DeltaSetProtocolUpdate;
import io.unitycatalog.client.delta.model.DeltaSetSchemaUpdate;
import io.unitycatalog.client.delta.model.DeltaSetTableCommentUpdate;
import io.unitycatalog.client.delta.model.DeltaStagingTableResponse;
import io.unitycatalog.client.delta.model.DeltaStructField;
import io.unitycatalog.client.delta.model.DeltaStructFieldMetadata;
import io.unitycatalog.client.delta.model.DeltaStructType;
import io.unitycatalog.client.delta.model.DeltaTableMetadata;
import io.unitycatalog.client.delta.model.DeltaTableType;
import io.unitycatalog.client.delta.model.DeltaTableUpdate;
import io.unitycatalog.client.delta.model.DeltaUpdateSnapshotVersionUpdate;
import io.unitycatalog.client.delta.model.DeltaUpdateTableRequest;
import io.unitycatalog.client.model.ColumnInfo;
import io.unitycatalog.client.model.ColumnTypeName;
import io.unitycatalog.client.model.CreateCatalog;
import io.unitycatalog.client.model.CreateSchema;
import io.unitycatalog.client.model.TableInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delta's API of tables, through Unity Catalog's own client, which nobody here wrote. */
class DeltaClientIT {
    private static final String BASE = "/api/2.1/unity-catalog/delta/v1";

    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static ApiClient unity;
    private static DeltaTablesApi tables;
    private static DeltaTemporaryCredentialsApi credentials;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
        unity = ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(TokenProvider.create(Map.of("type", "static", "token", server.token())))
                .build();
        tables = new DeltaTablesApi(unity);
        credentials = new DeltaTemporaryCredentialsApi(unity);
        String root = data.resolve("clouds/aws-eu-west-1/lake").toUri().toString();
        new CatalogsApi(unity).createCatalog(new CreateCatalog().name("lake").storageRoot(root));
        new SchemasApi(unity).createSchema(new CreateSchema().name("s").catalogName("lake"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void theConfigurationNamesEachEndpointInTheVersionThatBothSpeak() throws Exception {
        DeltaConfigurationApi configuration = new DeltaConfigurationApi(unity);
        DeltaCatalogConfig config = configuration.getConfig("lake", "1.1,2.0");
        assertThat(config.getProtocolVersion()).isEqualTo("1.0");
        assertThat(config.getEndpoints())
                .hasSize(11)
                .contains(
                        "POST /v1/catalogs/{catalog}/schemas/{schema}/tables/{table}",
                        "GET /v1/temporary-path-credentials");
        assertError(404, DeltaErrorType.NO_SUCH_CATALOG_EXCEPTION, () -> configuration.getConfig("nowhere", "1.0"));
        assertError(
                400, DeltaErrorType.INVALID_PARAMETER_VALUE_EXCEPTION, () -> configuration.getConfig("lake", "2.0"));
    }

    @Test
    void aStagingTableTellsWhatItsFirstCommitMustBring() throws Exception {
        DeltaStagingTableResponse staged = stage("staged");
        assertThat(staged.getTableType()).isEqualTo(DeltaTableType.MANAGED);
        assertThat(staged.getLocation()).endsWith("/lake/__unitystorage/tables/" + staged.getTableId());
        assertThat(staged.getRequiredProtocol().getMinReaderVersion()).isEqualTo(3);
        assertThat(staged.getRequiredProtocol().getMinWriterVersion()).isEqualTo(7);
        assertThat(staged.getRequiredProtocol().getWriterFeatures())
                .contains("catalogManaged", "v2Checkpoint", "inCommitTimestamp");
        assertThat(staged.getSuggestedProtocol().getWriterFeatures()).contains("rowTracking");
        assertThat(staged.getRequiredProperties())
                .containsEntry("io.unitycatalog.tableId", staged.getTableId().toString());
        assertThat(staged.getSuggestedProperties()).containsEntry("delta.columnMapping.maxColumnId", null);
        assertThat(staged.getStorageCredentials())
                .singleElement()
                .satisfies(own -> assertThat(own.getPrefix()).isEqualTo(staged.getLocation()));

        DeltaCredentialsResponse again = credentials.getStagingTableCredentials(staged.getTableId());
        assertThat(again.getStorageCredentials()).singleElement().satisfies(own -> {
            assertThat(own.getPrefix()).isEqualTo(staged.getLocation());
            assertThat(own.getOperation()).isEqualTo(DeltaCredentialOperation.READ_WRITE);
        });
        assertError(
                404,
                DeltaErrorType.NO_SUCH_TABLE_EXCEPTION,
                () -> credentials.getStagingTableCredentials(UUID.randomUUID()));
    }

    @Test
    void aManagedTableStandsInUnityCatalogWithTheColumnsOfItsDeltaSchema() throws Exception {
        DeltaStructType columns = struct(
                field("day", primitive("date")),
                field("price", new DeltaDecimalType().precision(10).scale(2)),
                field(
                        "tags",
                        new DeltaArrayType()
                                .elementType(struct(field(
                                        "scores",
                                        new DeltaMapType()
                                                .keyType(primitive("string"))
                                                .valueType(primitive("long"))
                                                .valueContainsNull(true))))
                                .containsNull(false)));
        columns.getFields().get(0).getMetadata().put("comment", "of the event");
        DeltaStagingTableResponse staged = stage("events");
        DeltaLoadTableResponse made = tables.createTable(
                "lake",
                "s",
                managed("events", staged)
                        .columns(columns)
                        .partitionColumns(List.of("DAY"))
                        .comment("all of them"));

        assertThat(made.getMetadata().getTableUuid()).isEqualTo(staged.getTableId());
        assertSame(columns, made.getMetadata().getColumns());
        assertThat(made.getMetadata().getPartitionColumns()).containsExactly("day");
        assertThat(made.getMetadata().getProperties())
                .containsEntry("delta.feature.catalogManaged", "supported")
                .containsEntry("delta.minReaderVersion", "3");
        assertThat(made.getMetadata().getLastCommitVersion()).isZero();
        assertThat(made.getMetadata().getLastCommitTimestampMs()).isEqualTo(1_000L);
        assertThat(made.getLatestTableVersion()).isZero();
        assertThat(made.getCommits()).isEmpty();
        assertThat(load("events")).isEqualTo(made);
        tables.tableExists("lake", "s", "events");

        TableInfo table = new TablesApi(unity).getTable("lake.s.events", null, null);
        assertThat(table.getTableId()).isEqualTo(staged.getTableId().toString());
        assertThat(table.getComment()).isEqualTo("all of them");
        assertThat(table.getColumns())
                .extracting(ColumnInfo::getTypeText)
                .containsExactly("date", "decimal(10,2)", "array<struct<scores:map<string,bigint>>>");
        assertThat(table.getColumns().get(0).getComment()).isEqualTo("of the event");
        assertThat(table.getColumns().get(0).getPartitionIndex()).isZero();
        assertThat(table.getColumns().get(1).getTypeName()).isEqualTo(ColumnTypeName.DECIMAL);
        assertThat(table.getColumns().get(2).getTypeJson()).contains("\"elementType\"", "\"valueContainsNull\"");
        assertThat(credentials
                        .getTableCredentials(DeltaCredentialOperation.READ, "lake", "s", "events")
                        .getStorageCredentials())
                .singleElement()
                .satisfies(own -> assertThat(own.getPrefix()).isEqualTo(staged.getLocation()));
        assertError(
                409,
                DeltaErrorType.ALREADY_EXISTS_EXCEPTION,
                () -> tables.createTable("lake", "s", managed("events", staged)));
    }

    @Test
    void aTableThatTheCatalogCouldNotManageIsRefused() throws Exception {
        DeltaStagingTableResponse staged = stage("unmanageable");
        DeltaCreateTableRequest wanted = managed("unmanageable", staged);
        wanted.getProtocol().getWriterFeatures().remove("inCommitTimestamp");
        assertError(
                400, DeltaErrorType.INVALID_PARAMETER_VALUE_EXCEPTION, () -> tables.createTable("lake", "s", wanted));
        assertError(404, DeltaErrorType.NO_SUCH_TABLE_EXCEPTION, () -> load("unmanageable"));
    }

    @Test
    void commitsAreTakenOnceInOrderAndAtMostTenAhead() throws Exception {
        UUID id = make("orders");
        update("orders", id, commit(1, "a"));
        update("orders", id, commit(1, "a"));
        assertError(409, DeltaErrorType.COMMIT_VERSION_CONFLICT_EXCEPTION, () -> update("orders", id, commit(1, "b")));
        for (long version = 2; version <= 10; version++) update("orders", id, commit(version, "c" + version));
        assertError(429, DeltaErrorType.RESOURCE_EXHAUSTED_EXCEPTION, () -> update("orders", id, commit(11, "c11")));

        DeltaLoadTableResponse after = update(
                "orders",
                id,
                commit(11, "c11"),
                new DeltaSetLatestBackfilledVersionUpdate().latestPublishedVersion(8L));

        assertThat(after.getLatestTableVersion()).isEqualTo(11);
        assertThat(after.getCommits())
                .extracting(DeltaCommit::getVersion, DeltaCommit::getFileName)
                .containsExactly(tuple(11, "c11"), tuple(10, "c10"), tuple(9, "c9"));
        // None of them changed what the table is.
        assertThat(after.getMetadata().getLastCommitVersion()).isZero();
        assertError(404, DeltaErrorType.NO_SUCH_TABLE_EXCEPTION, () -> update("nowhere", id, commit(12, "c12")));
    }

    @Test
    void requirementsThatDoNotHoldAreAConflictOfTheirOwn() throws Exception {
        UUID id = make("guarded");
        String etag = load("guarded").getMetadata().getEtag();
        DeltaSetTableCommentUpdate comment = new DeltaSetTableCommentUpdate().comment("first");
        DeltaUpdateTableRequest request = request(id, comment).addRequirementsItem(new DeltaAssertEtag().etag(etag));

        assertThat(tables.updateTable("lake", "s", "guarded", request)
                        .getMetadata()
                        .getEtag())
                .isNotEqualTo(etag);
        assertError(
                409,
                DeltaErrorType.UPDATE_REQUIREMENT_CONFLICT_EXCEPTION,
                () -> tables.updateTable("lake", "s", "guarded", request));
        assertError(
                409,
                DeltaErrorType.UPDATE_REQUIREMENT_CONFLICT_EXCEPTION,
                () -> update("guarded", UUID.randomUUID(), comment));
        assertError(
                400,
                DeltaErrorType.INVALID_PARAMETER_VALUE_EXCEPTION,
                () -> tables.updateTable(
                        "lake", "s", "guarded", new DeltaUpdateTableRequest().addUpdatesItem(comment)));
    }

    @Test
    void oneCommitChangesEverythingThatATableIs() throws Exception {
        UUID id = make("changing");
        DeltaProtocol protocol = protocol();
        protocol.addWriterFeaturesItem("clustering").addWriterFeaturesItem("domainMetadata");
        protocol.addWriterFeaturesItem("rowTracking");
        DeltaStructType columns = struct(field("id", primitive("long")), field("region", primitive("string")));
        DeltaLoadTableResponse after = update(
                "changing",
                id,
                commit(1, "a"),
                new DeltaSetSchemaUpdate().columns(columns),
                new DeltaSetPartitionColumnsUpdate().partitionColumns(List.of("region")),
                new DeltaSetPropertiesUpdate().updates(Map.of("owner.team", "sales")),
                new DeltaRemovePropertiesUpdate().removals(List.of("note")),
                new DeltaSetProtocolUpdate().protocol(protocol),
                new DeltaSetTableCommentUpdate().comment("changed"),
                new DeltaSetDomainMetadataUpdate()
                        .updates(new DeltaDomainMetadataUpdates()
                                .deltaClustering(
                                        new DeltaClusteringDomainMetadata().addClusteringColumnsItem(List.of("id")))
                                .deltaRowTracking(new DeltaRowTrackingDomainMetadata().rowIdHighWaterMark(41L))));
        DeltaTableMetadata metadata = after.getMetadata();
        assertSame(columns, metadata.getColumns());
        assertThat(metadata.getPartitionColumns()).containsExactly("region");
        assertThat(metadata.getProperties())
                .containsEntry("owner.team", "sales")
                .containsEntry("delta.feature.clustering", "supported")
                .containsEntry("clusteringColumns", "[[\"id\"]]")
                .containsEntry("delta.rowTracking.rowIdHighWaterMark", "41")
                .doesNotContainKey("note");
        assertThat(metadata.getLastCommitVersion()).isEqualTo(1);
        assertThat(new TablesApi(unity).getTable("lake.s.changing", null, null).getComment())
                .isEqualTo("changed");

        assertThat(update(
                                "changing",
                                id,
                                commit(2, "b"),
                                new DeltaRemoveDomainMetadataUpdate().domains(List.of("delta.clustering")))
                        .getMetadata()
                        .getProperties())
                .doesNotContainKey("clusteringColumns");
    }

    @Test
    void aTableIsRenamedAndDropped() throws Exception {
        UUID id = make("draft");
        make("taken");
        DeltaRenameTableRequest toTaken = new DeltaRenameTableRequest().newName("taken");
        assertError(
                409, DeltaErrorType.ALREADY_EXISTS_EXCEPTION, () -> tables.renameTable("lake", "s", "draft", toTaken));
        tables.renameTable("lake", "s", "draft", new DeltaRenameTableRequest().newName("final"));

        assertThat(load("final").getMetadata().getTableUuid()).isEqualTo(id);
        assertThatThrownBy(() -> tables.tableExists("lake", "s", "draft"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        tables.deleteTable("lake", "s", "final");
        assertError(404, DeltaErrorType.NO_SUCH_TABLE_EXCEPTION, () -> load("final"));
    }

    @Test
    void anExternalTableTellsTheVersionsOfItsOwnLog() throws Exception {
        String location = data.resolve("elsewhere/external").toUri().toString().replaceAll("/$", "");
        assertThat(credentials
                        .getTemporaryPathCredentials(location, DeltaCredentialOperation.READ_WRITE)
                        .getStorageCredentials())
                .singleElement()
                .satisfies(own -> assertThat(own.getPrefix()).isEqualTo(location));
        DeltaLoadTableResponse made = tables.createTable(
                "lake",
                "s",
                new DeltaCreateTableRequest()
                        .name("external")
                        .location(location)
                        .tableType(DeltaTableType.EXTERNAL)
                        .columns(struct(field("id", primitive("long"))))
                        .protocol(new DeltaProtocol().minReaderVersion(1).minWriterVersion(2))
                        .properties(Map.of())
                        .lastCommitTimestampMs(1_000L));
        UUID id = made.getMetadata().getTableUuid();
        assertThat(made.getLatestTableVersion()).isNull();

        DeltaLoadTableResponse after = update(
                "external",
                id,
                new DeltaUpdateSnapshotVersionUpdate().lastCommitVersion(7L).lastCommitTimestampMs(7_000L));

        assertThat(after.getMetadata().getLastCommitVersion()).isEqualTo(7);
        assertError(
                400, DeltaErrorType.INVALID_PARAMETER_VALUE_EXCEPTION, () -> update("external", id, commit(8, "h")));
        tables.reportMetrics("lake", "s", "external", new DeltaReportMetricsRequest().tableId(id));
        assertError(
                400,
                DeltaErrorType.INVALID_PARAMETER_VALUE_EXCEPTION,
                () -> tables.reportMetrics(
                        "lake", "s", "external", new DeltaReportMetricsRequest().tableId(UUID.randomUUID())));
    }

    @Test
    void failuresAreToldInTheDialectOfDelta() throws Exception {
        PackagedServer.Answer answer = server.post(BASE + "/catalogs/lake/schemas/nowhere/tables", "{\"name\":");
        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = answer.json().path("error");
        assertThat(error.path("type").asText()).isEqualTo("InvalidParameterValueException");
        assertThat(error.path("code").asInt()).isEqualTo(400);
        assertThat(error.path("message").asText()).contains("JSON");
        assertThat(error.path("stack").isArray()).isTrue();

        String nulls = "{\"requirements\":[null],\"updates\":[]}";
        assertThat(server.post(BASE + "/catalogs/lake/schemas/s/tables/t", nulls)
                        .status())
                .isEqualTo(400);
        assertThat(server.as("wrong")
                        .get(BASE + "/config")
                        .json()
                        .at("/error/type")
                        .asText())
                .isEqualTo("NotAuthorizedException");
        assertThat(server.get(BASE + "/nothing").json().at("/error/type").asText())
                .isEqualTo("NotImplementedException");
        PackagedServer.Answer deleted = server.send("DELETE", BASE + "/catalogs/lake/schemas/s/tables/t", "");
        assertThat(deleted.json().at("/error/type").asText()).isEqualTo("NoSuchTableException");
    }

    private static DeltaStagingTableResponse stage(String name) throws ApiException {
        return tables.createStagingTable("lake", "s", new DeltaCreateStagingTableRequest().name(name));
    }

    private static UUID make(String name) throws ApiException {
        DeltaStagingTableResponse staged = stage(name);
        tables.createTable("lake", "s", managed(name, staged));
        return staged.getTableId();
    }

    /** As a writer makes it that takes over all that the staging table requires. */
    private static DeltaCreateTableRequest managed(String name, DeltaStagingTableResponse staged) {
        return new DeltaCreateTableRequest()
                .name(name)
                .location(staged.getLocation())
                .tableType(DeltaTableType.MANAGED)
                .columns(struct(field("id", primitive("long"))))
                .protocol(protocol())
                .properties(staged.getRequiredProperties())
                .putPropertiesItem("note", "of the first commit")
                .lastCommitTimestampMs(1_000L);
    }

    private static DeltaProtocol protocol() {
        DeltaProtocol protocol = new DeltaProtocol().minReaderVersion(3).minWriterVersion(7);
        for (String feature : List.of("catalogManaged", "deletionVectors", "v2Checkpoint", "vacuumProtocolCheck"))
            protocol.addReaderFeaturesItem(feature).addWriterFeaturesItem(feature);
        return protocol.addWriterFeaturesItem("inCommitTimestamp");
    }

    private static DeltaLoadTableResponse load(String name) throws ApiException {
        return tables.loadTable("lake", "s", name);
    }

    private static DeltaLoadTableResponse update(String name, UUID id, DeltaTableUpdate... updates)
            throws ApiException {
        return tables.updateTable("lake", "s", name, request(id, updates));
    }

    private static DeltaUpdateTableRequest request(UUID id, DeltaTableUpdate... updates) {
        return new DeltaUpdateTableRequest()
                .addRequirementsItem(new DeltaAssertTableUUID().uuid(id))
                .updates(List.of(updates));
    }

    private static DeltaAddCommitUpdate commit(long version, String file) {
        return new DeltaAddCommitUpdate()
                .commit(new DeltaCommit()
                        .version(version)
                        .timestamp(1_000 + version)
                        .fileName(file)
                        .fileSize(10L)
                        .fileModificationTimestamp(1_000L));
    }

    private static DeltaStructType struct(DeltaStructField... fields) {
        DeltaStructType struct = new DeltaStructType();
        for (DeltaStructField field : fields) struct.addFieldsItem(field);
        return struct;
    }

    private static DeltaStructField field(String name, DeltaDataType type) {
        return new DeltaStructField().name(name).type(type).nullable(true).metadata(new DeltaStructFieldMetadata());
    }

    private static DeltaDataType primitive(String name) {
        return new DeltaPrimitiveType().type(name);
    }

    private static Tuple tuple(long version, String file) {
        return Tuple.tuple(version, file);
    }

    /** As JSON, for the client fills in the names of types only when it reads. */
    private static void assertSame(DeltaStructType expected, DeltaStructType actual) {
        ObjectMapper json = unity.getObjectMapper();
        assertThat(json.<JsonNode>valueToTree(actual)).isEqualTo(json.valueToTree(expected));
    }

    private static void assertError(int status, DeltaErrorType type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, e -> {
            DeltaApiException told = DeltaApiException.from(e).orElseThrow();
            assertThat(told.getErrorCode()).isEqualTo(status);
            assertThat(e.getCode()).isEqualTo(status);
            assertThat(told.getErrorType()).isEqualTo(type);
        });
    }
}
