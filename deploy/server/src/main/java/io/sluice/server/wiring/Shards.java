package io.sluice.server.wiring;

import io.sluice.catalog.Estate;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.work.Territory;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.grpc.Assigner;
import io.sluice.sharder.grpc.Cluster;
import io.sluice.sharder.grpc.ClusterSecret;
import io.sluice.sharder.grpc.SinglePod;
import io.sluice.sharder.grpc.Slicelet;
import io.sluice.sharder.grpc.SliceletListener;
import io.sluice.sharder.grpc.Transport;
import io.sluice.sharder.guard.Guard;
import io.sluice.sharder.guard.GuardLostException;
import io.sluice.sharder.guard.InstallOutcome;
import io.sluice.sharder.guard.SliceGuards;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.store.JdbcShardStore;
import io.sluice.sharder.store.ShardStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * This pod's part of the metastore, by the sharder. A territory is ours while its slice is owned under a valid lease
 * and our write guard for it stands in the database; a tenure begins with each guard that is installed, so that
 * memories from an earlier tenure are brought up to date first.
 */
public final class Shards implements Estate, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Shards.class);
    private static final Target TARGET = new Target("catalog");
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(3);
    /** One to renew the lease and one for the assigner. */
    private static final int LEASE_CONNECTIONS = 2;

    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final Duration LINGERING = Duration.ofMillis(500);
    private static final Duration LEASE_PATIENCE = Duration.ofSeconds(ShardStore.PATIENCE_SECONDS);
    /** A first assignment comes within milliseconds; a predecessor's lease may hold it up for a few seconds. */
    private static final Duration FIRST_ASSIGNMENT_PATIENCE = Duration.ofSeconds(30);

    private final SliceGuards guards = new SliceGuards(TARGET);
    private final SqlUnitOfWork installing;
    private volatile List<Guarded> guarded = List.of();
    private volatile Consumer<Predicate<Territory>> preparing = territory -> {};
    private final boolean isAlone;
    private final Duration drainPatience;
    private final Optional<Assigner> assigner;
    private final Slicelet slicelet;

    /** A slice that this pod holds under its own guard. */
    private record Guarded(Tenure tenure, Guard guard, long number) {
        /** The parts that stay when slices are taken away; in the database, too, they keep their guard. */
        Stream<Guarded> without(List<Tenure> removed) {
            List<Slice> rest = List.of(tenure.slice());
            for (Tenure gone : removed)
                rest = rest.stream()
                        .flatMap(part -> part.minus(gone.slice()).stream())
                        .toList();
            return rest.stream().map(part -> new Guarded(tenure.over(part), guard, number));
        }
    }

    public Shards(Database database, SluiceConfig.Pod pod, URI address) {
        this.installing =
                new SqlUnitOfWork(database, Estate.WHOLE, Clock.systemUTC(), () -> Origin.internal("sharder"));
        this.drainPatience = Duration.ofSeconds(pod.drainSeconds());
        Resource self = new Resource(pod.name(), address.toString(), System.currentTimeMillis());
        if (pod.listen().isEmpty()) {
            SinglePod single = SinglePod.start(TARGET, self, new Listening());
            this.isAlone = true;
            this.assigner = Optional.of(single.assigner());
            this.slicelet = single.slicelet();
        } else {
            ShardStore store =
                    new JdbcShardStore(database.apart(LEASE_CONNECTIONS, LEASE_PATIENCE), TARGET, Clock.systemUTC());
            Cluster cluster = new Cluster(TARGET, Consistency.LINEARIZABLE, Transport.NETWORK, secret(pod), store);
            this.isAlone = false;
            this.assigner = pod.mayAssign() ? Optional.of(startAssigner(cluster, self, pod)) : Optional.empty();
            this.slicelet = Slicelet.apart(cluster, self, PodTraits.ORDINARY, new Listening());
        }
    }

    private static Assigner startAssigner(Cluster cluster, Resource self, SluiceConfig.Pod pod) {
        try {
            return Assigner.start(cluster, self, pod.listen().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the assigner cannot listen on " + pod.listen().orElseThrow(), e);
        }
    }

    private static ClusterSecret secret(SluiceConfig.Pod pod) {
        try {
            return ClusterSecret.of(Files.readString(pod.secretFile()
                            .orElseThrow(() -> Failure.invalid(
                                    "A pod of a cluster needs sluice.pod.secret-file: a file with the shared secret.")))
                    .trim());
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster's secret cannot be read", e);
        }
    }

    @Override
    public Claim claim(Territory territory) {
        SliceKey key = key(territory);
        slicelet.load().record(key, 1);
        return claim(key);
    }

    /**
     * A slice that changes hands belongs to nobody for a few milliseconds, and for some seconds after a crash: whoever
     * asks in the first of these is better served by waiting than by a refusal.
     */
    @Override
    public Claim requireOurs(Territory territory) {
        long deadlineNanos = System.nanoTime() + HANDOVER_PATIENCE.toNanos();
        while (claim(key(territory)).standing() == Standing.NOBODYS && System.nanoTime() - deadlineNanos < 0)
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        return Estate.super.requireOurs(territory);
    }

    private Claim claim(SliceKey key) {
        return switch (slicelet.owns(key)) {
            case OWNED -> {
                Guarded held = find(key);
                yield held == null ? Claim.nobodys() : Claim.ours(held.number);
            }
            case NOT_OWNED ->
                slicelet.clerk()
                        .lookup(key)
                        .map(owner -> Claim.theirs(URI.create(owner.address())))
                        .orElseGet(Claim::nobodys);
            case UNKNOWN -> Claim.nobodys();
        };
    }

    @Override
    public void guard(Connection connection, Territory territory) throws SQLException {
        SliceKey key = key(territory);
        slicelet.load().recordWrite(key);
        Guarded held = find(key);
        if (held == null) throw notOurs(territory, null);
        try {
            guards.check(connection, key, held.guard);
        } catch (GuardLostException e) {
            drop(held);
            throw notOurs(territory, e);
        }
    }

    private static Failure notOurs(Territory territory, @org.jspecify.annotations.Nullable Throwable cause) {
        return Failure.unavailable(cause, "%s has moved to another pod. Try again.", territory);
    }

    /**
     * Begins to take part, once this pod can be reached, and waits until it knows what is whose. It may own nothing yet:
     * a pod that is to follow another is ready before the other one leaves.
     */
    public void join() {
        if (!isAlone) slicelet.join();
        slicelet.ready()
                .orTimeout(FIRST_ASSIGNMENT_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    public boolean ownsRoot() {
        return claim(Territory.ROOT).isOurs();
    }

    public Assignment assignment() {
        return slicelet.assignment();
    }

    public Target target() {
        return TARGET;
    }

    /**
     * All of a catalog has the key of the catalog itself, so that one pod holds the whole of its snapshot; splitting
     * inside a catalog needs snapshots by schema.
     */
    private static SliceKey key(Territory territory) {
        return territory.catalog().map(catalog -> SliceKey.of(catalog.value())).orElse(SliceKey.ROOT);
    }

    private @org.jspecify.annotations.Nullable Guarded find(SliceKey key) {
        for (Guarded held : guarded) if (held.tenure.slice().contains(key)) return held;
        return null;
    }

    private final class Listening implements SliceletListener {
        @Override
        public void onAssignment(List<Tenure> added, List<Tenure> removed) {
            Shards.this.onAssignment(added, removed);
        }

        @Override
        public void prepare(List<Tenure> coming, Runnable done) {
            Shards.this.prepare(coming, done);
        }
    }

    private long installations;

    /** Called by the slicelet, one call after another. */
    private void onAssignment(List<Tenure> added, List<Tenure> removed) {
        List<Guarded> next = new ArrayList<>(
                guarded.stream().flatMap(held -> held.without(removed)).toList());
        for (Tenure tenure : added) install(tenure).ifPresent(next::add);
        guarded = List.copyOf(next);
    }

    private Optional<Guarded> install(Tenure tenure) {
        try {
            InstallOutcome outcome = installing.write(
                    Territory.ROOT,
                    transaction ->
                            guards.install(transaction.connection(), tenure.slice(), slicelet.self(), tenure.since()));
            if (outcome instanceof InstallOutcome.Installed installed)
                return Optional.of(new Guarded(tenure, installed.guard(), ++installations));
            LOG.warnf("slice %s was guarded by a later owner: %s", tenure.slice(), outcome);
        } catch (Failure e) {
            LOG.errorf(e, "no guard could be installed for slice %s; it is not served from here", tenure.slice());
        }
        return Optional.empty();
    }

    private synchronized void drop(Guarded lost) {
        guarded = guarded.stream().filter(held -> held != lost).toList();
    }

    /** Where the load is; empty while another pod assigns. */
    public Optional<Board> board() {
        return assigner.flatMap(Assigner::board);
    }

    /** What is to be in memory before a territory is taken over from another pod. */
    public void whenComing(Consumer<Predicate<Territory>> prepare) {
        this.preparing = prepare;
    }

    private void prepare(List<Tenure> coming, Runnable done) {
        try {
            preparing.accept(territory ->
                    coming.stream().anyMatch(tenure -> tenure.slice().contains(key(territory))));
        } catch (Failure e) {
            LOG.warnf(e, "what comes from other pods could not be read in advance");
        }
        done.run();
    }

    /** Whether it is one pod of a cluster. */
    public boolean hasOthers() {
        return !isAlone;
    }

    /** Serves on until other pods have what this one holds; a pod without others has nobody to wait for. */
    public void drain() {
        if (isAlone) return;
        slicelet.drain(drainPatience);
        // Others may send on what they sent off before they heard of it.
        LockSupport.parkNanos(LINGERING.toNanos());
    }

    @Override
    public void close() {
        slicelet.stop(LEAVE_PATIENCE);
        slicelet.close();
        assigner.ifPresent(Assigner::close);
    }
}
