package io.sluice.server.wiring;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.lake.table.TableLog;
import io.sluice.model.failure.Failure;
import io.sluice.replica.LiveCopy;
import io.sluice.replica.Replicas;
import io.sluice.server.http.ClientAddresses;
import io.sluice.server.http.CurrentCaller;
import io.sluice.server.launch.Addresses;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.pods.TableIndexes;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.asset.AssetCatalog;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileTokens;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.files.KeyGate;
import io.sluice.sharing.files.OpenStreams;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.RangeGateway;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.query.AnswerBound;
import io.sluice.sharing.query.AsyncQueries;
import io.sluice.sharing.query.FolderAccess;
import io.sluice.sharing.query.FolderRule;
import io.sluice.sharing.query.QueryTokens;
import io.sluice.sharing.query.ReplicaLocations;
import io.sluice.sharing.query.ShareListing;
import io.sluice.sharing.query.SharePreview;
import io.sluice.sharing.query.SharedFolders;
import io.sluice.sharing.query.SharingProtocol;
import io.sluice.sharing.query.TableHome;
import io.sluice.sharing.query.TableRoutes;
import io.sluice.sharing.query.TableSnapshots;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.rest.FilesRoute;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.SharedAssets;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.SharedTables;
import io.sluice.sharing.share.Shares;
import io.sluice.sharing.share.TableLogs;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/** How shared tables are read: the sharing room, and what it asks of catalog, lake, keys and replicas. */
public final class SharingWiring {
    /** Well below what clients and proxies between wait for an answer. */
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(20);

    private static final int QUERIES_AT_ONCE = 4;

    @Produces
    @Singleton
    PublicAddress publicAddress(SluiceConfig config, Addresses addresses) {
        return () -> config.publicUrl().orElseGet(addresses::http);
    }

    @Produces
    @Singleton
    io.sluice.sharing.rest.Caller caller(CurrentCaller caller) {
        return caller::name;
    }

    @Produces
    @Singleton
    SharedTables sharedTables(Governance governance) {
        return new SharedTables(new CatalogForSharing(governance.tables(), governance.schemaContents()));
    }

    @Produces
    @Singleton
    AssetCatalog assetCatalog(Governance governance, RecipientCredentials credentials) {
        return new AssetsForSharing(governance, credentials);
    }

    @Produces
    @Singleton
    SharedAssets sharedAssets(AssetCatalog catalog) {
        return new SharedAssets(catalog);
    }

    @Produces
    @Singleton
    OpenTables openTables(Places places, Governance governance) {
        return new OpenTables(new CatalogTables(places, governance.tables()));
    }

    @Produces
    @Singleton
    TableSnapshots snapshots(OpenTables tables, TableIndexes indexes, KeyHierarchy keys) {
        TableSnapshots snapshots = new TableSnapshots(tables, indexes);
        // What was read with a key does not outlive it in memory.
        keys.onEpochChange(scope -> {
            snapshots.forget(scope);
            tables.forget(scope);
        });
        return snapshots;
    }

    @Produces
    @Singleton
    ReplicaLocations replicas(Replicas replicas, Governance governance) {
        return (tableId, region) ->
                replicas.directory().nearest(tableId, region).map(copy -> replicaCopy(copy, governance.tables()));
    }

    private static ReplicaLocations.ReplicaCopy replicaCopy(LiveCopy copy, Tables tables) {
        return new ReplicaLocations.ReplicaCopy(
                copy.replica().targetLocation(),
                copy.targetVersion(),
                copy.sourceVersion(),
                tables.find(copy.replica().sourceTable()).flatMap(Tables.Usable::keyScope));
    }

    @Produces
    @Singleton
    FileTokens fileTokens(SluiceConfig config) {
        return new FileTokens(UrlSecret.read(config.data().resolve("url.secret")));
    }

    @Produces
    @Singleton
    FileUrls fileUrls(FileTokens tokens, PublicAddress address, KeyGate gate, Clock clock) {
        return new FileUrls(tokens, address, gate, clock);
    }

    @Produces
    @Singleton
    ShareListing listing(LiveDirectory directory, SharedTables tables, SharedAssets assets, FolderRule folders) {
        return new ShareListing(directory, tables, assets, folders);
    }

    @Produces
    @Singleton
    RecipientCredentials recipientCredentials(Governance governance, SluiceConfig config) {
        return new RecipientCredentials(governance.vending(), config.stores());
    }

    @Produces
    @Singleton
    FolderRule folderRule(RecipientCredentials credentials) {
        return new FolderRule(credentials);
    }

    @Produces
    @Singleton
    FolderAccess folderAccess(
            ShareListing listing, TableRoutes routes, FolderRule rule, RecipientCredentials credentials) {
        return new FolderAccess(listing, routes, rule, credentials);
    }

    @Produces
    @Singleton
    TableRoutes tableRoutes(OpenTables tables, TableSnapshots snapshots, ReplicaLocations replicas, KeyGate gate) {
        return new TableRoutes(tables, snapshots, replicas, gate);
    }

    @Produces
    @Singleton
    SharedFolders folders(ShareListing listing, SharedAssets assets, AssetCatalog catalog, SqlUnitOfWork work) {
        return new SharedFolders(listing, assets, catalog, work::audit);
    }

    @Produces
    @Singleton
    SharingProtocol protocol(
            ShareListing listing,
            TableHome home,
            TableRoutes routes,
            FileUrls urls,
            QueryTokens tokens,
            AsyncQueries queries,
            DeliveryLog log,
            SluiceConfig config) {
        return new SharingProtocol(
                listing,
                home,
                routes,
                urls,
                tokens,
                queries,
                log,
                new AnswerBound(config.sharing().filesPerAnswer()));
    }

    @Produces
    @Singleton
    AsyncQueries asyncQueries() {
        return new AsyncQueries(
                Executors.newFixedThreadPool(QUERIES_AT_ONCE, SharingWiring::queryThread), QUERY_PATIENCE);
    }

    private static Thread queryThread(Runnable work) {
        Thread thread = new Thread(work, "asynchronous query");
        thread.setDaemon(true);
        return thread;
    }

    @Produces
    @Singleton
    QueryTokens queryTokens(SluiceConfig config, Clock clock) {
        return new QueryTokens(UrlSecret.read(config.data().resolve("url.secret")), clock);
    }

    @Produces
    @Singleton
    TableLogs tableLogs(OpenTables tables) {
        return new LogsForSharing(tables);
    }

    @Produces
    @Singleton
    SharePreview preview(
            Shares shares,
            Recipients recipients,
            SharedTables tables,
            OpenTables opened,
            TableSnapshots snapshots,
            KeyGate gate) {
        return new SharePreview(shares, recipients, tables, opened, snapshots, gate);
    }

    @Produces
    @Singleton
    OpenStreams openStreams() {
        return new OpenStreams();
    }

    @Produces
    @Singleton
    RangeGateway gateway(
            FileTokens tokens,
            OpenTables tables,
            KeyGate gate,
            LiveDirectory directory,
            DeliveryLog log,
            OpenStreams streams,
            Clock clock) {
        return new RangeGateway(tokens, tables, gate, directory, log, streams, clock);
    }

    void registerFiles(@Observes Router router, RangeGateway gateway, ClientAddresses clients) {
        new FilesRoute(gateway, clients::of).register(router);
    }

    private record LogsForSharing(OpenTables tables) implements TableLogs {
        private interface Question<T> {
            T of(TableLog log) throws IOException;
        }

        @Override
        public long newest(SharedTable table) {
            return this.<Long>ask(table, log -> log.latestVersion(-1));
        }

        @Override
        public List<String> partitionColumns(SharedTable table) {
            return ask(table, log -> log.snapshot().partitionColumns());
        }

        private <T> T ask(SharedTable table, Question<T> question) {
            try {
                return question.of(tables.open(new StoredTable(table.id(), table.location(), table.sealedScope()))
                        .log());
            } catch (IOException e) {
                throw Failure.unavailable(e, "The log of table %s cannot be read just now. Try again.", table.name());
            }
        }
    }
}
