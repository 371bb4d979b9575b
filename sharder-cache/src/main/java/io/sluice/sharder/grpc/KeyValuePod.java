package io.sluice.sharder.grpc;

import io.grpc.BindableService;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.kv.Codec;
import io.sluice.sharder.kv.Lineage;
import io.sluice.sharder.kv.ShardedCache;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.transfer.ByteBudget;
import io.sluice.sharder.transfer.TransferTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pod of a sharded cache, with all it needs: a server for the other pods, a slicelet, and the transfers that bring
 * the entries of a slice after it. Pods find each other through the store and its assigner.
 */
public final class KeyValuePod<V> implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Time time;
    private final EventLoop loop;
    private final PeerChannels channels;
    private final ShardedCache<V> cache;
    private final StateTransfers transfers;
    private final Lineage lineage = new Lineage();
    private final List<Coming> coming = new ArrayList<>();
    private final WatchServer server;
    private final Slicelet slicelet;
    private volatile @Nullable Slicelet started;

    /**
     * What a cache is told.
     *
     * @param place of a key in the key space; {@link ShardedCache#spread} if no order matters
     * @param mostBytes of memory for keys and values together
     * @param transferBytesPerSecond that may come in from former owners
     * @param patience with another pod that is asked for a key
     * @param traits of this pod
     */
    public record Settings<V>(
            Function<String, SliceKey> place,
            Codec<V> codec,
            long mostBytes,
            long transferBytesPerSecond,
            Duration patience,
            PodTraits traits) {}

    /** A slice on its way, while its owner still serves it. */
    private record Coming(Tenure former, Transfer transfer) {}

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
        this.slicelet = Slicelet.start(cluster, self, settings.traits(), new Listener(), time);
        this.started = slicelet;
        loop.execute(this::sweep);
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
     * Serves on until other pods have taken over all that is here, or patience ends. Then {@link #close}.
     *
     * @return whether others have all of it
     */
    public boolean drain(Duration patience) {
        return slicelet.drain(patience);
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

    private void sweep() {
        cache.advance();
        loop.wakeAt(time.nanos() + SWEEP.toNanos(), this::sweep);
    }

    private final class Listener implements SliceletListener {
        @Override
        public void onMap(Assignment map) {
            loop.execute(() -> {
                lineage.observe(map);
                forgetWhatWillNotCome(map);
            });
        }

        @Override
        public void onAssignment(List<Tenure> added, List<Tenure> removed) {
            loop.execute(() -> {
                removed.forEach(tenure -> cache.lost(tenure.slice()));
                added.forEach(KeyValuePod.this::gained);
            });
        }

        @Override
        public void prepare(List<Tenure> expected, Runnable done) {
            loop.execute(() -> pull(expected, done));
        }
    }

    /** While their owners serve on. Whether a transfer succeeds or not, the slice may come when it has ended. */
    private void pull(List<Tenure> expected, Runnable done) {
        CompletableFuture<?>[] pulled = expected.stream()
                .map(former -> {
                    cache.expect(former);
                    Transfer transfer =
                            transfers.acquire(former.slice(), former.owner().address());
                    coming.add(new Coming(former, transfer));
                    return CompletableFuture.anyOf(transfer.caughtUp(), transfer.ended());
                })
                .toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(pulled).thenRun(done);
    }

    private void gained(Tenure tenure) {
        List<Tenure> before = lineage.before(tenure);
        if (before.isEmpty()) {
            coming.removeIf(c -> {
                boolean isVoid = c.former().slice().overlaps(tenure.slice());
                if (isVoid) giveUp(c);
                return isVoid;
            });
            cache.gained(tenure.slice(), tenure.since(), Optional.empty());
        }
        before.forEach(former -> gained(tenure, former));
    }

    private void gained(Tenure tenure, Tenure former) {
        Optional<Coming> pulled = coming.stream()
                .filter(c -> c.former().since().equals(former.since())
                        && c.former().slice().overlaps(former.slice()))
                .findFirst();
        Tenure from = pulled.map(Coming::former).orElse(former);
        cache.gained(former.slice(), tenure.since(), Optional.of(from));
        // The slice is ours already, so its former owner accepts no more writes.
        Transfer transfer = pulled.map(Coming::transfer)
                .orElseGet(
                        () -> transfers.acquire(former.slice(), former.owner().address()));
        pulled.ifPresent(coming::remove);
        transfer.cutOver();
        var unused = transfer.ended().thenRun(() -> loop.execute(() -> cache.acquired(from.slice())));
    }

    private void giveUp(Coming expected) {
        expected.transfer().abandon();
        cache.expectNoMore(expected.former());
    }

    // The plan changed, or the owner died: somebody else may write what we would take for the newest.
    private void forgetWhatWillNotCome(Assignment now) {
        coming.removeIf(c -> {
            Tenure present = now.tenureOf(c.former().slice().low());
            boolean mayCome = present.owner().equals(slicelet.self())
                    || (present.since().equals(c.former().since())
                            && present.hold() instanceof Hold.HandingOver handing
                            && handing.successor().equals(slicelet.self()));
            if (!mayCome) giveUp(c);
            return !mayCome;
        });
    }
}
