package io.sluice.sharder.grpc;

import io.grpc.BindableService;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.kv.Codec;
import io.sluice.sharder.kv.Lineage;
import io.sluice.sharder.kv.ShardedCache;
import io.sluice.sharder.transfer.ByteBudget;
import io.sluice.sharder.transfer.TransferTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pod of a sharded cache, with all it needs: a server for the other pods, a slicelet, and the transfers that bring
 * the entries of a slice after it. Pods find each other through the assigner.
 */
public final class KeyValuePod<V> implements AutoCloseable {
    // Nobody tells of an assignment that leaves our own slices alone. Whoever looks this often misses hardly one, and
    // for each that is missed a slice may come without its entries; it never comes with wrong ones.
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Time time;
    private final EventLoop loop;
    private final PeerChannels channels;
    private final ShardedCache<V> cache;
    private final StateTransfers transfers;
    private final Lineage lineage = new Lineage();
    private final WatchServer server;
    private final Slicelet slicelet;
    private volatile @Nullable Slicelet started;
    private long sweepAtNanos;

    /**
     * What a cache is told.
     *
     * @param place of a key in the key space; {@link ShardedCache#spread} if no order matters
     * @param mostBytes of memory for keys and values together
     * @param transferBytesPerSecond that may come in from former owners
     * @param patience with another pod that is asked for a key
     */
    public record Settings<V>(
            Function<String, SliceKey> place,
            Codec<V> codec,
            long mostBytes,
            long transferBytesPerSecond,
            Duration patience) {}

    private KeyValuePod(Cluster cluster, String name, String listen, Settings<V> settings, Time time)
            throws IOException {
        this.time = time;
        this.loop = new EventLoop(time, "cache-" + cluster.target());
        this.channels = new PeerChannels(cluster);
        long incarnation = System.currentTimeMillis();
        this.cache = new ShardedCache<>(
                new ShardedCache.Parts<>(
                        this::owns,
                        this::assignment,
                        new KeyValuePeers(cluster, channels, settings.patience()),
                        settings.place(),
                        settings.codec(),
                        settings.mostBytes(),
                        time::nanos),
                incarnation);
        this.transfers = StateTransfers.start(
                cluster,
                cache.acquirer(),
                new ByteBudget(settings.transferBytesPerSecond()),
                TransferTerms.STANDARD,
                time);
        BindableService state = new TransferService(cluster.target(), cache.provider());
        this.server = WatchServer.start(cluster, listen, state, new KeyValueService(cluster.target(), cache));
        Resource self = new Resource(name, server.address(), incarnation);
        this.slicelet = Slicelet.start(cluster, self, this::moved, time);
        this.started = slicelet;
        loop.execute(this::look);
    }

    /**
     * Joins and returns at once; see {@link Slicelet#ready}.
     *
     * @param listen where other pods reach this one; port 0 asks for any free one
     */
    public static <V> KeyValuePod<V> start(Cluster cluster, String name, String listen, Settings<V> settings)
            throws IOException {
        return start(cluster, name, listen, settings, Time.system());
    }

    static <V> KeyValuePod<V> start(Cluster cluster, String name, String listen, Settings<V> settings, Time time)
            throws IOException {
        return new KeyValuePod<>(cluster, name, listen, settings, time);
    }

    public ShardedCache<V> cache() {
        return cache;
    }

    public Slicelet slicelet() {
        return slicelet;
    }

    /**
     * Lets go of all slices and stays for a while, so that the next owners can fetch what is here. Then {@link #close}.
     *
     * @return whether the assigner confirmed in time
     */
    public boolean stop(Duration patience) {
        return slicelet.stop(patience);
    }

    @Override
    public void close() {
        slicelet.close();
        server.close();
        transfers.close();
        channels.close();
        loop.close();
    }

    private Ownership.Answer owns(SliceKey key) {
        Slicelet joined = started;
        return joined == null ? Ownership.Answer.UNKNOWN : joined.owns(key);
    }

    private Assignment assignment() {
        Slicelet joined = started;
        return joined == null ? Assignment.NONE : joined.assignment();
    }

    private void look() {
        lineage.observe(assignment());
        if (time.nanos() >= sweepAtNanos) {
            cache.advance();
            sweepAtNanos = time.nanos() + SWEEP.toNanos();
        }
        loop.wakeAt(time.nanos() + LOOK.toNanos(), this::look);
    }

    private void moved(List<Tenure> added, List<Tenure> removed) {
        loop.execute(() -> {
            lineage.observe(assignment());
            removed.forEach(tenure -> cache.lost(tenure.slice()));
            added.forEach(this::gained);
        });
    }

    private void gained(Tenure tenure) {
        List<Tenure> before = lineage.before(tenure);
        if (before.isEmpty()) cache.gained(tenure.slice(), tenure.since(), Optional.empty());
        for (Tenure former : before) {
            cache.gained(former.slice(), tenure.since(), Optional.of(former));
            acquire(former.slice(), former.owner());
        }
    }

    // The slice is ours already, so its former owner accepts no more writes.
    private void acquire(Slice slice, Resource former) {
        Transfer transfer = transfers.acquire(slice, former.address());
        transfer.cutOver();
        var unused = transfer.ended().thenRun(() -> loop.execute(() -> cache.acquired(slice)));
    }
}
