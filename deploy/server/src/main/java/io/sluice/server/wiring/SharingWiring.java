package io.sluice.server.wiring;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.IssuedTokens;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.lake.table.TableLog;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.work.UnitOfWork;
import io.sluice.replica.LiveCopy;
import io.sluice.replica.Replicas;
import io.sluice.server.http.ClientAddresses;
import io.sluice.server.http.CurrentCaller;
import io.sluice.server.launch.Addresses;
import io.sluice.server.launch.PrivateFiles;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.pods.TableIndexes;
import io.sluice.sharing.Freshness;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.asset.AssetCatalog;
import io.sluice.sharing.federation.FederationPolicies;
import io.sluice.sharing.federation.FederationStore;
import io.sluice.sharing.federation.IdentityTokens;
import io.sluice.sharing.federation.JdbcFederationStore;
import io.sluice.sharing.federation.VerifiedToken;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileTokens;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.files.KeyGate;
import io.sluice.sharing.files.OpenStreams;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.RangeGateway;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.oauth.AccessTokens;
import io.sluice.sharing.oauth.ClientGrant;
import io.sluice.sharing.query.AnswerBound;
import io.sluice.sharing.query.AsyncQueries;
import io.sluice.sharing.query.FolderAccess;
import io.sluice.sharing.query.FolderRule;
import io.sluice.sharing.query.QueryTokens;
import io.sluice.sharing.query.RecipientAuthentication;
import io.sluice.sharing.query.ReplicaLocations;
import io.sluice.sharing.query.ShareListing;
import io.sluice.sharing.query.SharePreview;
import io.sluice.sharing.query.SharedFolders;
import io.sluice.sharing.query.SharingProtocol;
import io.sluice.sharing.query.TableHome;
import io.sluice.sharing.query.TableRoutes;
import io.sluice.sharing.query.TableSnapshots;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.ClientAddress;
import io.sluice.sharing.recipient.JdbcRecipientStore;
import io.sluice.sharing.recipient.RecipientLimits;
import io.sluice.sharing.recipient.RecipientStore;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.rest.FilesRoute;
import io.sluice.sharing.rest.RecipientDoor;
import io.sluice.sharing.share.JdbcShareStore;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.share.ShareStore;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;

/** The sharing room, and what it asks of catalog, lake, keys and replicas. */
public final class SharingWiring {
    /** Well below what clients and proxies between wait for an answer. */
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(20);

    private static final int QUERIES_AT_ONCE = 4;

    private static final int SECRET_BYTES = 32;

    @Produces
    @Singleton
    SharingAuthority authority(Governance governance) {
        return (principal, action) -> {
            Caller caller = new Caller(principal);
            return switch (action) {
                case CREATE_SHARE -> governance.principals().holds(caller, Privilege.CREATE_SHARE);
                case CREATE_RECIPIENT -> governance.principals().holds(caller, Privilege.CREATE_RECIPIENT);
                case CREATE_PROVIDER -> governance.principals().holds(caller, Privilege.CREATE_PROVIDER);
                case USE_EVERY_PROVIDER -> governance.principals().holds(caller, Privilege.USE_PROVIDER);
                case MANAGE_EVERY_SHARE, MANAGE_EVERY_RECIPIENT, MANAGE_EVERY_PROVIDER ->
                    governance.principals().isAdmin(caller);
            };
        };
    }

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
        return new FileTokens(urlSecret(config.data().resolve("url.secret")));
    }

    /** Kept, so that URLs survive a restart. */
    private static byte[] urlSecret(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(secret);
                PrivateFiles.write(file, HexFormat.of().formatHex(secret));
            }
            return HexFormat.of().parseHex(Files.readString(file).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Produces
    @Singleton
    FileUrls fileUrls(FileTokens tokens, PublicAddress address, KeyGate gate, Clock clock) {
        return new FileUrls(tokens, address, gate, clock);
    }

    @Produces
    @Singleton
    ShareStore shareStore() {
        return new JdbcShareStore();
    }

    @Produces
    @Singleton
    RecipientStore recipientStore() {
        return new JdbcRecipientStore();
    }

    @Produces
    @Singleton
    FederationStore federationStore() {
        return new JdbcFederationStore();
    }

    @Produces
    @Singleton
    LiveDirectory directory(
            UnitOfWork work,
            ShareStore shares,
            RecipientStore recipients,
            FederationStore policies,
            Freshness freshness) {
        return new LiveDirectory(work, shares, recipients, policies, freshness);
    }

    @Produces
    @Singleton
    Shares shares(
            UnitOfWork work,
            ShareStore store,
            SharedTables tables,
            SharedAssets assets,
            TableLogs logs,
            SharingAuthority authority,
            LiveDirectory directory,
            Clock clock) {
        return new Shares(work, store, tables, assets, logs, authority, directory, clock);
    }

    @Produces
    @Singleton
    Recipients recipients(
            UnitOfWork work,
            RecipientStore store,
            SharingAuthority authority,
            LiveDirectory directory,
            PublicAddress address,
            Clock clock) {
        return new Recipients(work, store, authority, directory, address, clock);
    }

    @Produces
    @Singleton
    FederationPolicies federationPolicies(
            UnitOfWork work,
            FederationStore store,
            Recipients recipients,
            LiveDirectory directory,
            PublicAddress address,
            Clock clock) {
        return new FederationPolicies(work, store, recipients, directory, address, clock);
    }

    @Produces
    @Singleton
    IdentityTokens identityTokens(Clock clock) {
        IssuedTokens tokens = new IssuedTokens(clock);
        return (token, believed) -> {
            IssuedTokens.Issued issued = tokens.verify(token, believed);
            return new VerifiedToken(issued.issuer(), issued.audiences(), issued.claims());
        };
    }

    @Produces
    @Singleton
    SharePermissions permissions(
            UnitOfWork work,
            ShareStore store,
            RecipientStore recipientStore,
            Shares shares,
            Recipients recipients,
            LiveDirectory directory,
            Clock clock) {
        return new SharePermissions(work, store, recipientStore, shares, recipients, directory, clock);
    }

    @Produces
    @Singleton
    Activation activation(
            UnitOfWork work,
            RecipientStore store,
            LiveDirectory directory,
            PublicAddress address,
            ClientAddress client,
            Clock clock) {
        return new Activation(work, store, directory, address, client, clock);
    }

    @Produces
    @Singleton
    ClientAddress clientAddress(ClientAddresses clients) {
        return clients::current;
    }

    @Produces
    @Singleton
    RecipientAuthentication recipientAuthentication(
            LiveDirectory directory,
            IdentityTokens identities,
            AccessTokens access,
            ClientAddress client,
            Clock clock) {
        return new RecipientAuthentication(directory, identities, access, client, clock);
    }

    @Produces
    @Singleton
    RecipientDoor door(RecipientAuthentication authentication, SluiceConfig config) {
        SluiceConfig.Sharing bounds = config.sharing();
        return new RecipientDoor(
                authentication,
                new RecipientLimits(
                        new RecipientLimits.Bounds(
                                bounds.requestsPerSecond(), bounds.requestsInBurst(), bounds.requestsAtOnce()),
                        System::nanoTime));
    }

    @Produces
    @Singleton
    AccessTokens accessTokens(SluiceConfig config, Clock clock) {
        return new AccessTokens(urlSecret(config.data().resolve("url.secret")), clock);
    }

    @Produces
    @Singleton
    ClientGrant clientGrant(LiveDirectory directory, AccessTokens access, ClientAddress client, Clock clock) {
        return new ClientGrant(directory, access, client, clock);
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
        return new QueryTokens(urlSecret(config.data().resolve("url.secret")), clock);
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
