package io.sluice.server.pods;

import io.sluice.catalog.Estate;
import io.sluice.catalog.snapshot.ReadAhead;
import io.sluice.catalog.snapshot.Warm;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.work.Territory;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.grpc.Assigner;
import io.sluice.sharder.grpc.Slicelet;
import io.sluice.sharder.grpc.SliceletListener;
import io.sluice.sharder.guard.GuardLostException;
import io.sluice.sharder.guard.SliceGuards;
import io.sluice.sharder.loan.LoanDesk;
import io.sluice.sharder.loan.Loans;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.store.ShardStore;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This pod's part of the metastore, by the sharder. A territory is ours while its slice is owned under a valid lease
 * and our write guard for it stands in the database. What others own may be lent to us: the root always, catalogs where
 * the map names this pod as a replica. A tenure begins with each guard and each loan, so that memories from before are
 * brought up to date first.
 */
public final class Shards implements Estate, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Shards.class);
    private static final Target TARGET = new Target("catalog");
    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final Duration LINGERING = Duration.ofMillis(500);
    /** A first assignment comes within milliseconds; a predecessor's lease may hold it up for a few seconds. */
    private static final Duration FIRST_ASSIGNMENT_PATIENCE = Duration.ofSeconds(30);

    private final SliceGuards guards = new SliceGuards(TARGET);
    private final AtomicLong tenures = new AtomicLong();
    private final Duration drainPatience;
    private final HeldSlices held;
    private final ClusterMember member;
    private final Slicelet slicelet;
    private final Optional<LoanDesk> loans;
    private final Optional<Handover> handover;
    private volatile @Nullable ReadAhead ahead;

    public Shards(Database database, SluiceConfig.Pod pod, URI address) {
        Resource self = new Resource(pod.name(), address.toString(), System.currentTimeMillis());
        SqlUnitOfWork installing =
                new SqlUnitOfWork(database, Estate.WHOLE, Clock.systemUTC(), () -> Origin.internal("sharder"));
        this.drainPatience = Duration.ofSeconds(pod.drainSeconds());
        this.held = new HeldSlices(installing, guards, self, tenures::incrementAndGet);
        this.member = ClusterMember.start(TARGET, database, pod, self, new Listening());
        this.slicelet = member.slicelet();
        Optional<SealedCalls> calls = member.store().map(store -> new SealedCalls(PodSecret.read(pod)));
        this.handover = calls.map(others -> new Handover(others, Shards::isIn));
        this.loans = calls.map(
                others -> desk(self, new LoanCalls(others, member.store().orElseThrow())));
        loans.ifPresent(desk -> held.whenTaken(
                taken -> taken.forEach(each -> desk.taken(each.tenure().slice()))));
    }

    private LoanDesk desk(Resource self, LoanCalls calls) {
        return new LoanDesk(
                self, LeaseTerms.STANDARD, this::remainingNanos, tenures::incrementAndGet, slicelet::leaseNanos, calls);
    }

    private long remainingNanos(SliceKey key) {
        return held.find(key) == null ? 0 : slicelet.remainingNanos(key);
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
    public Claim settled(Territory territory) {
        SliceKey key = key(territory);
        slicelet.load().record(key, 1);
        Claim claim = claim(key);
        if (claim.standing() != Standing.NOBODYS) return claim;
        long deadlineNanos = System.nanoTime() + HANDOVER_PATIENCE.toNanos();
        while (claim.standing() == Standing.NOBODYS && System.nanoTime() - deadlineNanos < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            claim = claim(key);
        }
        return claim;
    }

    private Claim claim(SliceKey key) {
        return switch (slicelet.owns(key)) {
            case OWNED -> {
                HeldSlices.Held mine = held.find(key);
                yield mine == null ? Claim.nobodys() : Claim.ours(mine.number());
            }
            case NOT_OWNED -> ofOthers(key);
            case UNKNOWN -> Claim.nobodys();
        };
    }

    private Claim ofOthers(SliceKey key) {
        Assignment map = slicelet.assignment();
        if (map.isEmpty()) return Claim.nobodys();
        Tenure tenure = map.tenureOf(key);
        URI owner = URI.create(tenure.owner().address());
        boolean isReplica = tenure.replicas().contains(slicelet.self());
        Loans.@Nullable Loan loan = isReplica || key.equals(SliceKey.ROOT) ? loan(key, tenure.owner()) : null;
        if (loan != null) return Claim.lent(loan.number(), owner);
        return isReplica ? Claim.theirs(owner) : Claim.theirs(owner, readers(tenure));
    }

    private static List<URI> readers(Tenure tenure) {
        return tenure.replicas().stream().map(pod -> URI.create(pod.address())).toList();
    }

    private Loans.@Nullable Loan loan(SliceKey key, Resource owner) {
        // The map may have changed since this pod was asked whether it is the owner.
        boolean isOther = loans.isPresent() && !owner.equals(slicelet.self());
        return isOther ? loans.get().loan(key, owner) : null;
    }

    @Override
    public WritePermit permit(Territory territory) {
        requireOurs(territory);
        SliceKey key = key(territory);
        slicelet.load().recordWrite(key);
        HeldSlices.Held mine = held.find(key);
        if (mine == null) throw notOurs(territory, null);
        loans.ifPresent(desk -> desk.recall(key));
        return new Permit(territory, key, mine);
    }

    /** Bound to the guard under which it was given: what was recalled under another one may be lent again. */
    private final class Permit implements WritePermit {
        private final Territory territory;
        private final SliceKey key;
        private final HeldSlices.Held mine;

        Permit(Territory territory, SliceKey key, HeldSlices.Held mine) {
            this.territory = territory;
            this.key = key;
            this.mine = mine;
        }

        @Override
        public void check(Connection connection) throws SQLException {
            try {
                guards.check(connection, key, mine.guard());
            } catch (GuardLostException e) {
                held.distrust(mine);
                throw notOurs(territory, e);
            }
        }

        @Override
        public void doubt() {
            held.distrust(mine);
        }

        @Override
        public void close() {
            loans.ifPresent(desk -> desk.written(key));
        }
    }

    private static Failure notOurs(Territory territory, @Nullable Throwable cause) {
        return Failure.unavailable(cause, "%s has moved to another pod. Try again.", territory);
    }

    /**
     * Begins to take part, once this pod can be reached, and waits until it knows what is whose. It may own nothing yet:
     * a pod that is to follow another is ready before the other one leaves.
     */
    public void join() {
        if (hasOthers()) slicelet.join();
        slicelet.ready()
                .orTimeout(FIRST_ASSIGNMENT_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Whether another pod, by where requests are sent on to, let this one connect. */
    public void reached(URI pod, boolean didConnect) {
        slicelet.reached(pod.toString(), didConnect);
    }

    /** Whether it is one pod of a cluster. */
    public boolean hasOthers() {
        return member.store().isPresent();
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

    /** Where several pods meet; empty for one that is alone. */
    public Optional<ShardStore> store() {
        return member.store();
    }

    /** What is lent to and by other pods; empty for one that is alone. */
    public Optional<LoanDesk> loans() {
        return loans;
    }

    /**
     * All of a catalog has the key of the catalog itself, so that one pod holds the whole of its snapshot; splitting
     * inside a catalog needs snapshots by schema.
     */
    private static SliceKey key(Territory territory) {
        return territory.catalog().map(catalog -> SliceKey.of(catalog.value())).orElse(SliceKey.ROOT);
    }

    private static boolean isIn(Slice slice, Territory territory) {
        return slice.contains(key(territory));
    }

    private final class Listening implements SliceletListener {
        @Override
        public void onAssignment(List<Tenure> added, List<Tenure> removed) {
            held.change(added, removed);
        }

        @Override
        public void prepare(List<Tenure> coming, Runnable done) {
            ReadAhead reading = ahead;
            if (handover.isPresent() && reading != null) handover.get().prepare(reading, coming, done);
            else done.run();
        }
    }

    /** Where the load is; empty while another pod assigns. */
    public Optional<Board> board() {
        return member.assigner().flatMap(Assigner::board);
    }

    /** What brings into memory what is taken over from another pod, before it is. */
    public void whenComing(ReadAhead reading) {
        this.ahead = reading;
    }

    /** What of these slices is in memory, hottest first. */
    List<Warm> warm(List<Slice> slices) {
        ReadAhead reading = ahead;
        if (reading == null) return List.of();
        return reading.warm(territory -> slices.stream().anyMatch(slice -> isIn(slice, territory)));
    }

    /** What to do when tenures begin, before anything is served in them; told the tenure of a territory, if it is of those. */
    public void whenTaken(Consumer<Function<Territory, OptionalLong>> begin) {
        held.whenTaken(taken -> {
            try {
                begin.accept(territory -> taken.stream()
                        .filter(each -> isIn(each.tenure().slice(), territory))
                        .mapToLong(HeldSlices.Held::number)
                        .findFirst());
            } catch (Failure e) {
                LOG.debug("memories of what was taken over are checked one by one", e);
            }
        });
    }

    /** Serves on until other pods have what this one holds; a pod without others has nobody to wait for. */
    public void drain() {
        if (!hasOthers()) return;
        slicelet.drain(drainPatience);
        // Others may send on what they sent off before they heard of it.
        LockSupport.parkNanos(LINGERING.toNanos());
    }

    @Override
    public void close() {
        member.close();
        handover.ifPresent(Handover::close);
        loans.ifPresent(LoanDesk::close);
        held.close();
    }
}
