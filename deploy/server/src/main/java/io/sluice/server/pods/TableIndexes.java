package io.sluice.server.pods;

import io.sluice.catalog.WrongPodException;
import io.sluice.catalog.store.Database;
import io.sluice.lake.table.SnapshotCodec;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.grpc.Assigner;
import io.sluice.sharder.grpc.Cluster;
import io.sluice.sharder.grpc.KeyValuePod;
import io.sluice.sharder.grpc.Slicelet;
import io.sluice.sharder.kv.Codec;
import io.sluice.sharder.kv.ShardedCache;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.query.IndexCarrier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which pod keeps the index of which shared table. They are a target of their own, so that reading of shares is spread
 * by its own load. It is a matter of economy alone: any pod can answer for any table, only not so fast.
 *
 * <p>Indexes travel to the next home of their tables, those of sealed tables excepted: what was opened with a key stays
 * in the memory of the pod that opened it. A pod that is alone starts nothing of this.
 */
public final class TableIndexes implements IndexCarrier, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TableIndexes.class);
    private static final Target TARGET = new Target("sharing");
    /** One to renew the lease, one for the assigner. */
    private static final int STORE_CONNECTIONS = 2;

    private static final Duration MAP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(10);
    /** With a former home that is asked for an index, which is a whole table's. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long KEPT_MILLIS = Duration.ofDays(7).toMillis();
    /** Of the heap; most of it is also in use by those who answer queries. */
    private static final int HEAP_SHARE = 8;
    /** What is larger would hold up the others for too long, and is read from its log. */
    private static final long LARGEST_BYTES = 32 << 20;

    /** Even of a table without files. */
    private static final int SMALLEST_BYTES = 4096;

    /** Between id and place of a table: no id has it. */
    private static final char SEPARATOR = ' ';

    private static final long TRANSFER_BYTES_PER_SECOND = 32 << 20;

    private final Database database;
    private final SluiceConfig.Pod settings;
    private final URI address;
    private volatile @Nullable Joined joined;

    private record Joined(KeyValuePod<TableSnapshot> pod, Optional<Assigner> assigner) {
        Slicelet slicelet() {
            return pod.slicelet();
        }

        Tenure tenureOf(SliceKey key) {
            return slicelet().assignment().tenureOf(key);
        }

        boolean owns(SliceKey key) {
            return slicelet().owns(key) == Ownership.Answer.OWNED;
        }

        /** What is read very much has several homes. */
        boolean isHome(SliceKey key) {
            Tenure tenure = tenureOf(key);
            return tenure.owner().equals(slicelet().self())
                    || tenure.replicas().contains(slicelet().self());
        }
    }

    public TableIndexes(Database database, SluiceConfig.Pod settings, URI address) {
        this.database = database;
        this.settings = settings;
        this.address = address;
    }

    /** Begins to take part, once this pod can be reached. */
    public void join() {
        if (settings.listen().isEmpty()) return;
        // The other pods find it in the store, so any free port will do.
        String listen = settings.listen().get().replaceFirst(":\\d+$", ":0");
        Cluster cluster = PodCluster.of(TARGET, Consistency.AFFINITY, settings, database, STORE_CONNECTIONS);
        try {
            Optional<Assigner> assigner = PodCluster.assigner(cluster, settings, self(), listen);
            // Named by where requests are sent on to: its own address is that of the streams between the pods.
            KeyValuePod<TableSnapshot> pod =
                    KeyValuePod.start(cluster, address.toString(), listen, cache(PodProfile.traits(settings)));
            joined = new Joined(pod, assigner);
            awaitMap(pod);
        } catch (IOException e) {
            throw new UncheckedIOException("this pod cannot listen on " + listen, e);
        }
    }

    /** Who asks before there is a map is answered too, but may have an index read that another pod has. */
    private static void awaitMap(KeyValuePod<TableSnapshot> pod) {
        try {
            pod.slicelet()
                    .ready()
                    .orTimeout(MAP_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException late) {
            LOG.warnf("it is not known yet which pod keeps which shared table: %s", late.getCause());
        }
    }

    private Resource self() {
        return new Resource(settings.name(), address.toString(), System.currentTimeMillis());
    }

    private static KeyValuePod.Settings<TableSnapshot> cache(PodTraits traits) {
        return new KeyValuePod.Settings<>(
                TableIndexes::place,
                new Indexes(),
                Runtime.getRuntime().maxMemory() / HEAP_SHARE,
                TRANSFER_BYTES_PER_SECOND,
                PATIENCE,
                traits);
    }

    /** The other pods that keep the table's index; empty while this one does, or while nobody knows. */
    public Optional<WrongPodException> elsewhere(String tableId) {
        Joined now = joined;
        if (now == null || now.slicelet().assignment().isEmpty()) return Optional.empty();
        SliceKey key = place(tableId);
        Tenure tenure = now.tenureOf(key);
        URI owner = URI.create(tenure.owner().name());
        // A former life of this very pod may still stand in the map.
        if (now.isHome(key) || owner.equals(address)) {
            now.slicelet().load().record(key, 1);
            return Optional.empty();
        }
        return Optional.of(new WrongPodException(
                owner,
                tenure.replicas().stream().map(pod -> URI.create(pod.name())).toList()));
    }

    /** Whether another pod, by where requests are sent on to, let this one connect. */
    public void reached(URI pod, boolean didConnect) {
        Joined now = joined;
        if (now != null) now.slicelet().reached(pod.toString(), didConnect);
    }

    @Override
    public Optional<TableSnapshot> find(StoredTable table) {
        Joined now = joined;
        if (now == null || table.sealedScope().isPresent()) return Optional.empty();
        if (now.slicelet().assignment().isEmpty() || !now.isHome(place(table.tableId()))) return Optional.empty();
        return now.pod().cache().get(key(table));
    }

    @Override
    public void offer(StoredTable table, TableSnapshot newest) {
        Joined now = joined;
        if (now == null || table.sealedScope().isPresent() || !now.owns(place(table.tableId()))) return;
        ShardedCache<TableSnapshot> cache = now.pod().cache();
        if (newest.files().residentBytes() <= LARGEST_BYTES) cache.put(key(table), newest, KEPT_MILLIS);
        else cache.remove(key(table));
    }

    /** Of one of the places where a table lies: all its copies have the same home. */
    private static String key(StoredTable table) {
        return table.tableId() + SEPARATOR + table.location();
    }

    private static SliceKey place(String key) {
        int end = key.indexOf(SEPARATOR);
        return ShardedCache.spread(end < 0 ? key : key.substring(0, end));
    }

    /** Encoded only when they travel: in memory an index is shared with those who answer queries from it. */
    private static final class Indexes implements Codec<TableSnapshot> {
        @Override
        public byte[] encode(TableSnapshot snapshot) {
            return SnapshotCodec.encode(snapshot);
        }

        @Override
        public TableSnapshot decode(byte[] bytes) {
            return SnapshotCodec.decode(bytes);
        }

        @Override
        public int weigh(TableSnapshot snapshot) {
            return (int) Math.min(
                    Integer.MAX_VALUE, SMALLEST_BYTES + snapshot.files().residentBytes());
        }
    }

    /** Serves on until other pods have the indexes that are here; what does not come in time is read anew. */
    public void drain() {
        Joined now = joined;
        if (now != null) now.pod().drain(DRAIN_PATIENCE);
    }

    @Override
    public void close() {
        Joined now = joined;
        if (now == null) return;
        now.pod().close();
        now.assigner().ifPresent(Assigner::close);
    }
}
