package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.catalog.EffectivePrivilegeAssignment;
import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import com.databricks.sdk.service.catalog.UpdateTableRequest;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.ApiException;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.CredentialsApi;
import io.unitycatalog.client.api.DeltaCommitsApi;
import io.unitycatalog.client.api.ExternalLocationsApi;
import io.unitycatalog.client.api.FunctionsApi;
import io.unitycatalog.client.api.ModelVersionsApi;
import io.unitycatalog.client.api.RegisteredModelsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.api.TemporaryCredentialsApi;
import io.unitycatalog.client.api.VolumesApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.model.AwsIamRoleRequest;
import io.unitycatalog.client.model.ColumnTypeName;
import io.unitycatalog.client.model.CreateCatalog;
import io.unitycatalog.client.model.CreateCredentialRequest;
import io.unitycatalog.client.model.CreateExternalLocation;
import io.unitycatalog.client.model.CreateFunction;
import io.unitycatalog.client.model.CreateFunctionRequest;
import io.unitycatalog.client.model.CreateModelVersion;
import io.unitycatalog.client.model.CreateRegisteredModel;
import io.unitycatalog.client.model.CreateSchema;
import io.unitycatalog.client.model.CreateStagingTable;
import io.unitycatalog.client.model.CreateTable;
import io.unitycatalog.client.model.CreateVolumeRequestContent;
import io.unitycatalog.client.model.CredentialInfo;
import io.unitycatalog.client.model.CredentialPurpose;
import io.unitycatalog.client.model.DataSourceFormat;
import io.unitycatalog.client.model.DeltaCommit;
import io.unitycatalog.client.model.DeltaCommitInfo;
import io.unitycatalog.client.model.DeltaGetCommits;
import io.unitycatalog.client.model.FinalizeModelVersion;
import io.unitycatalog.client.model.FunctionInfo;
import io.unitycatalog.client.model.FunctionParameterInfo;
import io.unitycatalog.client.model.FunctionParameterInfos;
import io.unitycatalog.client.model.GenerateTemporaryPathCredential;
import io.unitycatalog.client.model.GenerateTemporaryTableCredential;
import io.unitycatalog.client.model.GenerateTemporaryVolumeCredential;
import io.unitycatalog.client.model.ModelVersionStatus;
import io.unitycatalog.client.model.PathOperation;
import io.unitycatalog.client.model.StagingTableInfo;
import io.unitycatalog.client.model.TableInfo;
import io.unitycatalog.client.model.TableOperation;
import io.unitycatalog.client.model.TableType;
import io.unitycatalog.client.model.UpdateVolumeRequestContent;
import io.unitycatalog.client.model.VolumeInfo;
import io.unitycatalog.client.model.VolumeOperation;
import io.unitycatalog.client.model.VolumeType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is governed, through the clients of Unity Catalog and of Databricks, which nobody here wrote. */
class CatalogClientsIT {
    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static ApiClient unity;
    private static WorkspaceClient databricks;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
        unity = ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(TokenProvider.create(Map.of("type", "static", "token", server.token())))
                .build();
        databricks = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.uri().toString())
                .setToken(server.token())
                .setAuthType("pat"));
        new CatalogsApi(unity)
                .createCatalog(new CreateCatalog()
                        .name("assets")
                        .storageRoot(data.resolve("clouds/aws-eu-west-1/assets")
                                .toUri()
                                .toString()));
        new SchemasApi(unity).createSchema(new CreateSchema().name("s").catalogName("assets"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aVolumeIsMadeRenamedOpenedAndDropped() throws Exception {
        VolumesApi volumes = new VolumesApi(unity);
        VolumeInfo made = volumes.createVolume(new CreateVolumeRequestContent()
                .catalogName("assets")
                .schemaName("s")
                .name("files")
                .volumeType(VolumeType.MANAGED));
        assertThat(made.getFullName()).isEqualTo("assets.s.files");
        assertThat(volumes.listVolumes("assets", "s", 10, null).getVolumes()).containsExactly(made);

        VolumeInfo renamed = volumes.updateVolume(
                "assets.s.files",
                new UpdateVolumeRequestContent().newName("papers").comment("all of them"));
        assertThat(renamed.getVolumeId()).isEqualTo(made.getVolumeId());
        assertThatThrownBy(() -> volumes.getVolume("assets.s.files"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        assertThat(new TemporaryCredentialsApi(unity)
                        .generateTemporaryVolumeCredentials(new GenerateTemporaryVolumeCredential()
                                .volumeId(made.getVolumeId())
                                .operation(VolumeOperation.READ_VOLUME))
                        .getUrl())
                .isEqualTo(made.getStorageLocation());
        volumes.deleteVolume("assets.s.papers");
    }

    @Test
    void aFunctionComesBackAsItWasDescribed() throws Exception {
        FunctionsApi functions = new FunctionsApi(unity);
        FunctionInfo made = functions.createFunction(new CreateFunctionRequest()
                .functionInfo(new CreateFunction()
                        .name("twice")
                        .catalogName("assets")
                        .schemaName("s")
                        .inputParams(new FunctionParameterInfos()
                                .parameters(List.of(new FunctionParameterInfo()
                                        .name("x")
                                        .typeName(ColumnTypeName.INT)
                                        .typeText("int")
                                        .typeJson("\"int\"")
                                        .position(0))))
                        .dataType(ColumnTypeName.INT)
                        .fullDataType("INT")
                        .routineBody(CreateFunction.RoutineBodyEnum.EXTERNAL)
                        .routineDefinition("return 2 * x")
                        .parameterStyle(CreateFunction.ParameterStyleEnum.S)
                        .isDeterministic(true)
                        .sqlDataAccess(CreateFunction.SqlDataAccessEnum.NO_SQL)
                        .isNullCall(false)
                        .securityType(CreateFunction.SecurityTypeEnum.DEFINER)
                        .specificName("twice")
                        .externalLanguage("python")));
        assertThat(made.getRoutineDefinition()).isEqualTo("return 2 * x");
        assertThat(functions.getFunction("assets.s.twice")).isEqualTo(made);
        assertThat(functions.listFunctions("assets", "s", 10, null).getFunctions())
                .containsExactly(made);
        functions.deleteFunction("assets.s.twice");
    }

    @Test
    void aModelsVersionsAreNumberedAndFinalized() throws Exception {
        RegisteredModelsApi models = new RegisteredModelsApi(unity);
        ModelVersionsApi versions = new ModelVersionsApi(unity);
        models.createRegisteredModel(new CreateRegisteredModel()
                .name("forecast")
                .catalogName("assets")
                .schemaName("s"));
        assertThat(versions.createModelVersion(new CreateModelVersion()
                                .catalogName("assets")
                                .schemaName("s")
                                .modelName("forecast")
                                .source("runs:/1"))
                        .getStatus())
                .isEqualTo(ModelVersionStatus.PENDING_REGISTRATION);
        assertThat(versions.finalizeModelVersion(
                                "assets.s.forecast",
                                1L,
                                new FinalizeModelVersion()
                                        .fullName("assets.s.forecast")
                                        .version(1L))
                        .getStatus())
                .isEqualTo(ModelVersionStatus.READY);
        assertThat(versions.listModelVersions("assets.s.forecast", 10, null).getModelVersions())
                .hasSize(1);
        assertThatThrownBy(() -> models.deleteRegisteredModel("assets.s.forecast", false))
                .isInstanceOf(ApiException.class);
        models.deleteRegisteredModel("assets.s.forecast", true);
    }

    @Test
    void aCredentialOpensAnExternalLocationAndIsNotDroppedUnderIt() throws Exception {
        CredentialsApi credentials = new CredentialsApi(unity);
        ExternalLocationsApi locations = new ExternalLocationsApi(unity);
        CredentialInfo made = credentials.createCredential(new CreateCredentialRequest()
                .name("lake_role")
                .purpose(CredentialPurpose.STORAGE)
                .awsIamRole(new AwsIamRoleRequest().roleArn("arn:aws:iam::123456789012:role/lake")));
        assertThat(made.getAwsIamRole().getExternalId()).isNotBlank();
        locations.createExternalLocation(
                new CreateExternalLocation().name("lake").url("file:///lake").credentialName("lake_role"));
        assertThat(locations.listExternalLocations(10, null).getExternalLocations())
                .singleElement()
                .satisfies(location -> assertThat(location.getCredentialId()).isEqualTo(made.getId()));
        assertThat(new TemporaryCredentialsApi(unity)
                        .generateTemporaryPathCredentials(new GenerateTemporaryPathCredential()
                                .url("file:/lake/raw")
                                .operation(PathOperation.PATH_READ))
                        .getUrl())
                .isEqualTo("file:///lake/raw");
        assertThatThrownBy(() -> credentials.deleteCredential("lake_role", false))
                .isInstanceOf(ApiException.class);
        locations.deleteExternalLocation("lake", false);
        credentials.deleteCredential("lake_role", false);
    }

    @Test
    void aManagedTableIsStagedMadeAndCommittedTo() throws Exception {
        StagingTableInfo staged = new TablesApi(unity)
                .createStagingTable(new CreateStagingTable()
                        .name("events")
                        .catalogName("assets")
                        .schemaName("s"));
        assertThat(new TemporaryCredentialsApi(unity)
                        .generateTemporaryTableCredentials(new GenerateTemporaryTableCredential()
                                .tableId(staged.getId())
                                .operation(TableOperation.READ_WRITE))
                        .getUrl())
                .isEqualTo(staged.getStagingLocation());
        TableInfo table = new TablesApi(unity)
                .createTable(new CreateTable()
                        .name("events")
                        .catalogName("assets")
                        .schemaName("s")
                        .tableType(TableType.MANAGED)
                        .dataSourceFormat(DataSourceFormat.DELTA)
                        .storageLocation(staged.getStagingLocation()));
        assertThat(table.getTableId()).isEqualTo(staged.getId());

        DeltaCommitsApi commits = new DeltaCommitsApi(unity);
        DeltaCommitInfo first = new DeltaCommitInfo()
                .version(1L)
                .timestamp(1_000L)
                .fileName("00000000000000000001.a.json")
                .fileSize(10L)
                .fileModificationTimestamp(1_000L);
        DeltaCommit commit = new DeltaCommit()
                .tableId(table.getTableId())
                .tableUri(table.getStorageLocation())
                .commitInfo(first);
        commits.commit(commit);
        commits.commit(commit);
        assertThatThrownBy(() -> commits.commit(new DeltaCommit()
                        .tableId(table.getTableId())
                        .tableUri(table.getStorageLocation())
                        .commitInfo(new DeltaCommitInfo()
                                .version(1L)
                                .timestamp(1_000L)
                                .fileName("00000000000000000001.b.json")
                                .fileSize(10L)
                                .fileModificationTimestamp(1_000L))))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getResponseBody()).contains("COMMIT_VERSION_CONFLICT");
                });
        var found = commits.getCommits(new DeltaGetCommits()
                .tableId(table.getTableId())
                .tableUri(table.getStorageLocation())
                .startVersion(0L));
        assertThat(found.getCommits()).containsExactly(first);
        assertThat(found.getLatestTableVersion()).isEqualTo(1L);
        new TablesApi(unity).deleteTable("assets.s.events");
    }

    @Test
    void theDatabricksClientReadsGrantsInItsOwnSpellingWithTheirOrigin() {
        databricks
                .grants()
                .update(new UpdatePermissions()
                        .setSecurableType("catalog")
                        .setFullName("retail")
                        .setChanges(List.of(
                                new PermissionsChange().setPrincipal("admin").setAdd(List.of(Privilege.USE_CATALOG)))));
        List<EffectivePrivilegeAssignment> effective =
                databricks.grants().getEffective("table", "retail.sales.orders").getPrivilegeAssignments().stream()
                        .filter(assignment -> assignment.getPrincipal().equals("admin"))
                        .toList();
        assertThat(effective)
                .singleElement()
                .satisfies(assignment -> assertThat(assignment.getPrivileges())
                        .singleElement()
                        .satisfies(privilege -> {
                            assertThat(privilege.getPrivilege()).isEqualTo(Privilege.USE_CATALOG);
                            assertThat(privilege.getInheritedFromName()).isEqualTo("retail");
                        }));
    }

    @Test
    void theDatabricksClientFindsAndChangesTables() {
        assertThat(databricks.tables().exists("retail.sales.orders").getTableExists())
                .isTrue();
        assertThat(databricks.tables().exists("retail.sales.nope").getTableExists())
                .isFalse();
        assertThat(databricks.tables().listSummaries("retail"))
                .extracting(summary -> summary.getFullName())
                .contains("retail.sales.customers", "retail.sales.orders");
        databricks
                .tables()
                .update(new UpdateTableRequest()
                        .setFullName("retail.sales.customers")
                        .setOwner("admin"));
        assertThatThrownBy(() -> databricks.tables().get("retail.sales.nope")).isInstanceOf(NotFound.class);
    }
}
