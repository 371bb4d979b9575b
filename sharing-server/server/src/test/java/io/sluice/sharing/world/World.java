package io.sluice.sharing.world;

import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.crypto.hierarchy.MemoryKeyStore;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.iceberg.IcebergAuthor;
import io.sluice.lake.iceberg.IcebergLog;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.SealedStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableFormat;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.name.TableName;
import io.sluice.model.place.Region;
import io.sluice.sharing.Freshness;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.federation.FederationPolicies;
import io.sluice.sharing.federation.JdbcFederationStore;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileTokens;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.files.OpenStreams;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.RangeGateway;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.files.TableFiles;
import io.sluice.sharing.oauth.AccessTokens;
import io.sluice.sharing.oauth.ClientGrant;
import io.sluice.sharing.provider.JdbcProviderStore;
import io.sluice.sharing.provider.ProfileVault;
import io.sluice.sharing.provider.ProviderShares;
import io.sluice.sharing.provider.Providers;
import io.sluice.sharing.provider.RemoteShares;
import io.sluice.sharing.query.AnswerBound;
import io.sluice.sharing.query.AsyncQueries;
import io.sluice.sharing.query.FolderAccess;
import io.sluice.sharing.query.FolderRule;
import io.sluice.sharing.query.IndexCarrier;
import io.sluice.sharing.query.QueryTokens;
import io.sluice.sharing.query.RecipientAuthentication;
import io.sluice.sharing.query.ReplicaLocations.ReplicaCopy;
import io.sluice.sharing.query.ShareListing;
import io.sluice.sharing.query.SharePreview;
import io.sluice.sharing.query.SharedFolders;
import io.sluice.sharing.query.SharingProtocol;
import io.sluice.sharing.query.TableHome;
import io.sluice.sharing.query.TableRoutes;
import io.sluice.sharing.query.TableSnapshots;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.Admission;
import io.sluice.sharing.recipient.IpAccessList;
import io.sluice.sharing.recipient.JdbcRecipientStore;
import io.sluice.sharing.recipient.NewRecipient;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.RecipientPatch;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.recipient.SecretHash;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.JdbcShareStore;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.PermissionChange;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedAssets;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.SharedTables;
import io.sluice.sharing.share.Shares;
import io.sluice.sharing.share.TableLogs;
import io.sluice.sharing.share.UrlLife;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** All of sharing's core, wired as the server does it, over temporary folders. {@code ADMIN} may do everything. */
public final class World {
    public static final String ADMIN = "admin@example.org";
    public static final TableSchema ORDERS = TableSchema.of(
            Column.of("id", ColumnType.LONG),
            Column.of("item", ColumnType.STRING),
            Column.of("day", ColumnType.STRING));

    /** Of one answer. */
    public static final int MOST_FILES = 5_000;

    public final TestClock clock = new TestClock();
    public final TestCatalog catalog = new TestCatalog();
    public final TestAssets assets = new TestAssets();
    public final TestGate gate = new TestGate();
    public final LocalKms kms;
    public final KeyHierarchy keys;
    public final TestWork work;
    public final Map<URI, CountingStore> stores = new ConcurrentHashMap<>();
    public final Map<String, ReplicaCopy> copies = new HashMap<>();
    public final List<DeliveryLog.Listed> listed = new CopyOnWriteArrayList<>();
    public final List<DeliveryLog.Served> served = new CopyOnWriteArrayList<>();
    /** Where every request comes from until a test says otherwise. */
    public volatile InetAddress client = InetAddress.getLoopbackAddress();

    public volatile URI base = URI.create("http://127.0.0.1:1");

    private final JdbcShareStore shareStore = new JdbcShareStore();
    private final JdbcRecipientStore recipientStore = new JdbcRecipientStore();
    private final JdbcFederationStore policyStore = new JdbcFederationStore();
    private final PublicAddress address = () -> base;
    private final Path folder;

    public final LiveDirectory directory;
    public final Shares shares;
    public final Recipients recipients;
    public final Activation activation;
    public final FederationPolicies policies;
    public final TestIdentities identities = new TestIdentities();
    public final AccessTokens access = new AccessTokens(new byte[32], clock);
    public final ClientGrant clientGrant;
    public final SharePermissions permissions;
    public final RecipientAuthentication authentication;
    public final ShareListing listing;
    public final SharedFolders folders;
    public final OpenTables tables = new OpenTables(this::open);
    public final TableSnapshots snapshots = new TableSnapshots(tables, IndexCarrier.NONE);
    public final FileTokens tokens = new FileTokens(new byte[32]);
    public final FileUrls urls;
    public final SharingProtocol protocol;
    public final TestTableFolders tableFolders = new TestTableFolders();
    public final FolderAccess folderAccess;
    private final DeliveryLog log;
    /** What an asynchronous query has still to do; a test may hold it back. */
    public final List<Runnable> heldWork = new CopyOnWriteArrayList<>();

    public volatile boolean holdsWork;
    private final AsyncQueries queries = new AsyncQueries(
            work -> {
                if (holdsWork) heldWork.add(work);
                else work.run();
            },
            Duration.ZERO);
    public final OpenStreams streams = new OpenStreams();
    public final RangeGateway gateway;
    public final SharePreview preview;
    public final Providers providers;
    /** Of every provider. */
    public volatile List<String> catalogsOverProviders = List.of();

    public final ProviderShares providerShares;

    public World(Path folder) {
        this.folder = folder;
        this.work = new TestWork(folder);
        this.kms = new LocalKms(folder.resolve("kms"));
        this.keys = new KeyHierarchy(new MemoryKeyStore(), kms, clock, System::nanoTime, KeyHierarchy.Settings.DEFAULT);
        SharedTables shared = new SharedTables(catalog);
        SharedAssets sharedAssets = new SharedAssets(assets);
        directory = new LiveDirectory(work, shareStore, recipientStore, policyStore, Freshness.ALONE);
        shares = new Shares(
                work,
                shareStore,
                shared,
                sharedAssets,
                new Logs(),
                (who, action) -> who.equals(ADMIN),
                directory,
                clock);
        recipients =
                new Recipients(work, recipientStore, (who, action) -> who.equals(ADMIN), directory, address, clock);
        activation = new Activation(work, recipientStore, directory, address, () -> client, clock);
        policies = new FederationPolicies(work, policyStore, recipients, directory, address, clock);
        permissions = new SharePermissions(work, shareStore, recipientStore, shares, recipients, directory, clock);
        authentication = new RecipientAuthentication(directory, identities, access, () -> client, clock);
        clientGrant = new ClientGrant(directory, access, () -> client, clock);
        FolderRule rule = new FolderRule(tableFolders);
        listing = new ShareListing(directory, shared, sharedAssets, rule);
        folders = new SharedFolders(listing, sharedAssets, assets, work.audit::add);
        urls = new FileUrls(tokens, address, gate, clock);
        TableRoutes routes = new TableRoutes(tables, snapshots, this::nearest, gate);
        folderAccess = new FolderAccess(listing, routes, rule, tableFolders);
        log = new DeliveryLog() {
            @Override
            public void listed(Listed event) {
                listed.add(event);
            }

            @Override
            public void served(Served event) {
                served.add(event);
            }
        };
        protocol = protocol(routes);
        gateway = new RangeGateway(tokens, tables, gate, directory, log, streams, clock);
        preview = new SharePreview(shares, recipients, shared, tables, snapshots, gate);
        ProfileVault vault = new ProfileVault(kms, () -> kms.create("provider-profiles"));
        providers = new Providers(
                work, new JdbcProviderStore(), vault, this::allows, provider -> catalogsOverProviders, clock);
        providerShares = new ProviderShares(providers, vault, new RemoteShares(RemoteShares.PATIENCE));
    }

    /** The same protocol after a restart: whatever was in memory is gone, the secrets are the same. */
    public SharingProtocol restarted() {
        OpenTables fresh = new OpenTables(this::open);
        TableRoutes routes = new TableRoutes(fresh, new TableSnapshots(fresh, IndexCarrier.NONE), this::nearest, gate);
        return protocol(routes);
    }

    private SharingProtocol protocol(TableRoutes routes) {
        return new SharingProtocol(
                listing,
                TableHome.HERE,
                routes,
                urls,
                new QueryTokens(new byte[32], clock),
                queries,
                log,
                new AnswerBound(MOST_FILES));
    }

    /** {@code user@example.org} may use every provider. */
    private boolean allows(String who, SharingAuthority.Action action) {
        return who.equals(ADMIN)
                || (who.equals("user@example.org") && action == SharingAuthority.Action.USE_EVERY_PROVIDER);
    }

    /** A recipient with a token, and the token. */
    public record Reader(Recipient recipient, String bearer) {}

    public Reader reader(String name, Map<String, String> properties) {
        var view = recipients.create(
                ADMIN,
                new NewRecipient(
                        RecipientName.of(name),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        properties,
                        Admission.BY_TOKEN));
        String bearer =
                activation.activate(nonce(view.activationLink().orElseThrow())).secret();
        Recipient recipient = directory
                .current()
                .authenticate(SecretHash.of(bearer), clock.instant())
                .orElseThrow();
        return new Reader(recipient, bearer);
    }

    public Reader reader(String name) {
        return reader(name, Map.of());
    }

    /** The recipient may come from these ranges only. */
    public void admitFrom(String recipient, String... ranges) {
        patch(recipient, Optional.of(IpAccessList.of(List.of(ranges))), Optional.empty());
    }

    /** What lets the recipient in ends then. */
    public void moveEnd(String recipient, Instant end) {
        patch(recipient, Optional.empty(), Optional.of(end));
    }

    private void patch(String recipient, Optional<IpAccessList> addresses, Optional<Instant> until) {
        Optional<String> same = Optional.empty();
        recipients.update(
                ADMIN,
                RecipientName.of(recipient),
                new RecipientPatch(Optional.empty(), same, same, same, Optional.empty(), addresses, until));
    }

    public static String nonce(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    public void share(String share, TableName... names) {
        shares.create(ADMIN, ShareName.of(share), Optional.empty(), UrlLife.DEFAULT);
        for (TableName name : names) add(share, name, SharedAs.of(name));
    }

    public void add(String share, TableName name, SharedAs as) {
        add(share, name, as, HistoryWish.NONE);
    }

    public void add(String share, TableName name, SharedAs as, HistoryWish history) {
        var add = new SharePatch.Add(name, ObjectWish.as(as).with(history));
        patch(share, add);
    }

    public void patch(String share, SharePatch.ObjectChange... changes) {
        shares.update(ADMIN, ShareName.of(share), SharePatch.of(changes));
    }

    /** Which partitions of a table that is in the share already. */
    public void limit(String share, TableName name, SharedPartitions partitions) {
        var update = new SharePatch.Update(name, ObjectWish.PLAIN.with(partitions));
        patch(share, update);
    }

    public void patchUrlLife(String share, UrlLife life) {
        shares.update(
                ADMIN,
                ShareName.of(share),
                new SharePatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(life), List.of()));
    }

    public void grant(String share, String recipient) {
        change(share, recipient, PermissionChange.Kind.GRANT);
    }

    public void revoke(String share, String recipient) {
        change(share, recipient, PermissionChange.Kind.REVOKE);
    }

    private void change(String share, String recipient, PermissionChange.Kind kind) {
        permissions.change(
                ADMIN, ShareName.of(share), List.of(new PermissionChange(RecipientName.of(recipient), kind)));
    }

    /** Registers a table of {@link #ORDERS}, partitioned by day, without rows. */
    public SharedTable table(String fullName, Optional<String> scope) throws IOException {
        SharedTable table = register(fullName, scope);
        author(table.location()).create(ORDERS, List.of("day"), Map.of());
        return table;
    }

    public SharedTable table(String fullName) throws IOException {
        return table(fullName, Optional.empty());
    }

    /** Makes the folder and the catalog's entry; the log is up to the test. */
    public SharedTable register(String fullName, Optional<String> scope) throws IOException {
        return register(fullName, TableFormat.DELTA, scope);
    }

    private SharedTable register(String fullName, TableFormat format, Optional<String> scope) throws IOException {
        URI location = newFolder(fullName);
        SharedTable table = new SharedTable(
                UUID.randomUUID().toString(),
                TableName.parse(fullName),
                format,
                location,
                scope,
                ADMIN,
                Optional.empty());
        catalog.put(table);
        return table;
    }

    /** Registers an Iceberg table of {@link #ORDERS}, partitioned by day, without rows. */
    public SharedTable icebergTable(String fullName) throws IOException {
        SharedTable table = register(fullName, TableFormat.ICEBERG, Optional.empty());
        icebergAuthor(table).create(List.of("day"));
        return table;
    }

    public IcebergAuthor icebergAuthor(SharedTable table) {
        return IcebergAuthor.at(stores.get(table.location()), ORDERS);
    }

    public URI newFolder(String name) throws IOException {
        LocalObjectStore store = LocalObjectStore.at(folder.resolve(name));
        stores.put(store.root(), new CountingStore(store));
        return store.root();
    }

    public TableAuthor author(URI location) {
        return TableAuthor.at(stores.get(location), clock);
    }

    /** One file of so many rows. */
    public long append(URI location, String day, int rows) throws IOException {
        return author(location).append(rows(day, rows));
    }

    public static List<TableRow> rows(String day, int count) {
        List<TableRow> rows = new ArrayList<>();
        for (long id = 0; id < count; id++) rows.add(TableRow.of(ORDERS, id, "item " + id, day));
        return rows;
    }

    /** A table whose log and files are sealed by the real key hierarchy, with one file of so many rows. */
    public SharedTable sealedTable(String fullName, String scope, int rows) throws IOException {
        keys.register(scope, kms.create(scope.replace('/', '-')));
        gate.ask(scope, keys::readableEpoch);
        SharedTable table = register(fullName, Optional.of(scope));
        TableAuthor author = TableAuthor.at(store(table.id(), table.location(), table.sealedScope()), clock);
        author.create(ORDERS, List.of("day"), Map.of());
        author.append(rows("2026-01-01", rows));
        return table;
    }

    private ObjectStore store(String tableId, URI location, Optional<String> scope) {
        CountingStore store = stores.get(location);
        return scope.filter(gate::isReal)
                .<ObjectStore>map(real -> new SealedStore(store, keys.sealerFor(real, tableId), tableId))
                .orElse(store);
    }

    private TableFiles.OpenedTable open(StoredTable table) {
        table.sealedScope().ifPresent(gate::readableEpoch);
        ObjectStore store = store(table.tableId(), table.location(), table.sealedScope());
        boolean isIceberg = catalog.format(table.tableId()) == TableFormat.ICEBERG;
        return new TableFiles.OpenedTable(isIceberg ? IcebergLog.at(store) : DeltaLog.at(store), store);
    }

    private final class Logs implements TableLogs {
        @Override
        public long newest(SharedTable table) {
            return snapshot(table).version();
        }

        @Override
        public List<String> partitionColumns(SharedTable table) {
            return snapshot(table).partitionColumns();
        }

        private TableSnapshot snapshot(SharedTable table) {
            try {
                return open(new StoredTable(table.id(), table.location(), table.sealedScope()))
                        .log()
                        .snapshot();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Optional<ReplicaCopy> nearest(String tableId, Region region) {
        return Optional.ofNullable(copies.get(tableId + "@" + region));
    }
}
