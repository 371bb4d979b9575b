package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.unitycatalog.UCTableIdentifier;
import io.delta.storage.commit.TableIdentifier;
import io.delta.storage.commit.uccommitcoordinator.UCClient;
import io.delta.storage.commit.uccommitcoordinator.UCConfigUtils;
import io.delta.storage.commit.uccommitcoordinator.UCDeltaClient;
import io.delta.storage.commit.uccommitcoordinator.UCDeltaModels;
import io.delta.storage.commit.uccommitcoordinator.UCDeltaModels.StagingTableInfo;
import io.delta.storage.commit.uccommitcoordinator.UCDeltaTokenBasedRestClient;
import io.delta.storage.commit.uccommitcoordinator.UCTokenBasedRestClient;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.delta.api.DeltaTablesApi;
import io.unitycatalog.client.delta.model.DeltaCommit;
import io.unitycatalog.client.delta.model.DeltaCreateStagingTableRequest;
import io.unitycatalog.client.delta.model.DeltaLoadTableResponse;
import io.unitycatalog.client.delta.model.DeltaStagingTableResponse;
import io.unitycatalog.client.model.ColumnInfo;
import io.unitycatalog.client.model.ColumnTypeName;
import io.unitycatalog.client.model.CreateCatalog;
import io.unitycatalog.client.model.CreateSchema;
import io.unitycatalog.client.model.TableInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Catalog-managed tables written and read by Delta Kernel, whose versions the packaged program gives out. */
class DeltaKernelIT {
    @TempDir
    private static Path data;

    private static PackagedServer server;
    private static ApiClient unity;

    /** Kernel's own clients, one for each form in which commits are served. */
    enum Form {
        COMMITS {
            @Override
            UCClient connect() throws Exception {
                return new UCTokenBasedRestClient(server.uri().toString(), token(), Map.of());
            }
        },
        TABLES {
            @Override
            UCClient connect() throws Exception {
                return tables(false);
            }
        };

        static UCDeltaClient tables(boolean asksForCredentials) throws Exception {
            return new UCDeltaTokenBasedRestClient(
                    Map.of(
                            UCConfigUtils.URI_KEY,
                            server.uri().toString(),
                            UCConfigUtils.AUTH_PREFIX + UCConfigUtils.AUTH_TYPE_KEY,
                            UCConfigUtils.STATIC_AUTH_TYPE,
                            UCConfigUtils.AUTH_PREFIX + UCConfigUtils.LEGACY_TOKEN_KEY,
                            server.token(),
                            UCConfigUtils.CREDENTIAL_VENDING_ENABLED_KEY,
                            String.valueOf(asksForCredentials)),
                    Configuration::new);
        }

        abstract UCClient connect() throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
        unity = ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(token())
                .build();
        String root = data.resolve("clouds/aws-eu-west-1/lake").toUri().toString();
        new CatalogsApi(unity).createCatalog(new CreateCatalog().name("lake").storageRoot(root));
        new SchemasApi(unity).createSchema(new CreateSchema().name("s").catalogName("lake"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static TokenProvider token() {
        return TokenProvider.create(Map.of("type", "static", "token", server.token()));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedIsReadBackBeforeAndAfterItStandsInTheLog(Form form) throws Exception {
        String name = "written_" + form.name().toLowerCase(Locale.ROOT);
        try (UCClient client = form.connect()) {
            KernelTable table = create(client, name);
            assertThat(table.append(table.latest(), 1L, 2L)).isEqualTo(1);
            assertThat(table.append(table.latest(), 3L)).isEqualTo(2);

            assertThat(load(name).getCommits())
                    .extracting(DeltaCommit::getVersion)
                    .containsExactly(2L, 1L);
            assertThat(logFile(name, 1)).doesNotExist();
            assertThat(table.latest().getVersion()).isEqualTo(2);
            assertThat(table.rows(table.latest())).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(table.rows(table.at(1))).containsExactlyInAnyOrder(1L, 2L);

            table.publish();
            assertThat(logFile(name, 2)).exists();
            // The next commit tells the catalog how far the log was filled.
            assertThat(table.append(table.latest(), 4L)).isEqualTo(3);
            assertThat(load(name).getCommits())
                    .extracting(DeltaCommit::getVersion)
                    .containsExactly(3L);
            assertThat(table.rows(table.latest())).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWritersFromOneVersionOnlyOneCommitsIt(Form form) throws Exception {
        String name = "raced_" + form.name().toLowerCase(Locale.ROOT);
        try (UCClient client = form.connect()) {
            KernelTable table = create(client, name);
            Snapshot base = table.latest();
            table.append(base, 1L);
            // Kernel has understood the answer: the commit may be tried again as a later version.
            assertThatThrownBy(() -> table.append(base, 2L))
                    .isInstanceOf(MaxCommitRetryLimitReachedException.class)
                    .hasStackTraceContaining("was committed by another writer");

            assertThat(table.rows(table.latest())).containsExactly(1L);
            table.append(table.latest(), 3L);
            assertThat(table.rows(table.latest())).containsExactlyInAnyOrder(1L, 3L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEleventhCommitWaitsUntilTheLogIsFilled(Form form) throws Exception {
        String name = "ahead_" + form.name().toLowerCase(Locale.ROOT);
        try (UCClient client = form.connect()) {
            KernelTable table = create(client, name);
            for (long version = 1; version <= 10; version++) table.append(table.latest(), version);
            assertThatThrownBy(() -> table.append(table.latest(), 11L))
                    .hasStackTraceContaining("10 commits that are not in its log yet");

            table.publish();

            assertThat(table.append(table.latest(), 11L)).isEqualTo(11);
            assertThat(table.rows(table.latest())).hasSize(11).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCatalogShowsTheTableAsItsCommitsDescribeIt(Form form) throws Exception {
        String name = "shown_" + form.name().toLowerCase(Locale.ROOT);
        try (UCClient client = form.connect()) {
            KernelTable table = create(client, name);
            table.set("delta.logRetentionDuration", "interval 7 days");

            TableInfo shown = new TablesApi(unity).getTable("lake.s." + name, null, null);
            assertThat(shown.getProperties())
                    .containsEntry("delta.logRetentionDuration", "interval 7 days")
                    .containsEntry("delta.feature.catalogManaged", "supported");
            assertThat(shown.getColumns())
                    .singleElement()
                    .satisfies(column -> assertThat(column)
                            .extracting(ColumnInfo::getName, ColumnInfo::getTypeName)
                            .containsExactly("id", ColumnTypeName.LONG));
            assertThat(load(name).getMetadata().getLastCommitVersion()).isEqualTo(1);
        }
    }

    /** The calls that engines make beside those of Kernel. Credentials for local files are none, which must do. */
    @Test
    void theClientOfEnginesStagesLoadsAndReports() throws Exception {
        try (UCDeltaClient client = Form.tables(true)) {
            TableIdentifier name = new TableIdentifier(new String[] {"lake", "s"}, "staged_by_engine");
            StagingTableInfo staged = client.createStagingTable(name);
            assertThat(staged.getRequiredProperties()).containsKey("io.unitycatalog.tableId");
            assertThat(staged.getRequiredProtocol().getWriterFeatures()).contains("catalogManaged");

            create(client, "loaded_by_engine").set("team", "sales");
            TableIdentifier made = new TableIdentifier(new String[] {"lake", "s"}, "loaded_by_engine");
            UCDeltaModels.TableInfo loaded = client.loadTable(made);
            assertThat(loaded.getMetadata().getConfiguration()).containsEntry("team", "sales");
            assertThat(loaded.getMetadata().getSchemaString()).contains("\"id\"", "\"long\"");
            UCDeltaModels.CommitReport report = new UCDeltaModels.CommitReport(
                    1, 0, 100, 0, Optional.of(3L), Optional.empty(), Optional.empty(), Optional.empty());
            client.reportMetrics(loaded.getTableId().toString(), made, report);
        }
    }

    private static KernelTable create(UCClient client, String name) throws Exception {
        DeltaStagingTableResponse staged = new DeltaTablesApi(unity)
                .createStagingTable("lake", "s", new DeltaCreateStagingTableRequest().name(name));
        KernelTable table = new KernelTable(
                client,
                new UCTableIdentifier("lake", "s", name),
                staged.getTableId().toString(),
                staged.getLocation());
        Map<String, String> properties = new HashMap<>(staged.getRequiredProperties());
        // Kernel writes the id by itself.
        properties.remove("io.unitycatalog.tableId");
        for (String feature : staged.getRequiredProtocol().getWriterFeatures())
            properties.put("delta.feature." + feature, "supported");
        table.create(properties);
        return table;
    }

    private static DeltaLoadTableResponse load(String name) throws Exception {
        return new DeltaTablesApi(unity).loadTable("lake", "s", name);
    }

    private static Path logFile(String name, long version) throws Exception {
        String location = load(name).getMetadata().getLocation();
        Path folder = Path.of(URI.create(location)).resolve("_delta_log");
        return folder.resolve(String.format(Locale.ROOT, "%020d.json", version));
    }
}
