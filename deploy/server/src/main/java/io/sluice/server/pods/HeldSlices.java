package io.sluice.server.pods;

import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.work.Territory;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.guard.Guard;
import io.sluice.sharder.guard.InstallOutcome;
import io.sluice.sharder.guard.SliceGuards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The slices that this pod has and whose write guard in the database is its own. A slice that comes is served only when
 * its guard stands; until then, and after any doubt about a write, the guard is tried for again and again.
 */
final class HeldSlices implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HeldSlices.class);
    private static final long AGAIN_MILLIS = 200;

    private final SqlUnitOfWork installing;
    private final SliceGuards guards;
    private final Resource self;
    private final LongSupplier numbers;
    private final ScheduledExecutorService retrying = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "write-guards");
        thread.setDaemon(true);
        return thread;
    });
    private List<Tenure> unguarded = List.of();
    private Consumer<Slice> taking = slice -> {};
    private volatile List<Held> held = List.of();

    /**
     * A slice under this pod's own guard.
     *
     * @param number another one each time somebody else may have written
     */
    record Held(Tenure tenure, Guard guard, long number) {
        private Stream<Held> without(List<Tenure> removed) {
            // In the database, too, the parts that stay keep their guard.
            return HeldSlices.without(tenure, removed).map(part -> new Held(part, guard, number));
        }
    }

    /** @param numbers never the same twice */
    HeldSlices(SqlUnitOfWork installing, SliceGuards guards, Resource self, LongSupplier numbers) {
        this.installing = installing;
        this.guards = guards;
        this.self = self;
        this.numbers = numbers;
    }

    /** From now on, and for what is held already: told before a slice is served. */
    synchronized void whenTaken(Consumer<Slice> told) {
        taking = told;
        held.forEach(each -> told.accept(each.tenure.slice()));
    }

    @Nullable
    Held find(SliceKey key) {
        List<Held> now = held;
        int low = 0;
        int high = now.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Held each = now.get(middle);
            if (each.tenure.slice().contains(key)) return each;
            if (each.tenure.slice().low().compareTo(key) < 0) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    synchronized void change(List<Tenure> added, List<Tenure> removed) {
        unguarded = Stream.concat(unguarded.stream().flatMap(tenure -> without(tenure, removed)), added.stream())
                .toList();
        held = held.stream().flatMap(each -> each.without(removed)).toList();
        guardAll();
    }

    /** Serves nothing of the slice until its guard has been installed anew, which waits for the writes under way. */
    synchronized void distrust(Held doubtful) {
        // By the number: what was split meanwhile is in several parts, and what was installed anew is another one.
        List<Held> parts =
                held.stream().filter(each -> each.number == doubtful.number).toList();
        held = held.stream().filter(each -> each.number != doubtful.number).toList();
        unguarded = Stream.concat(unguarded.stream(), parts.stream().map(Held::tenure))
                .toList();
        retrying.execute(this::guardAll);
    }

    private synchronized void guardAll() {
        List<Tenure> missing = new ArrayList<>();
        List<Held> next = new ArrayList<>(held);
        for (Tenure tenure : unguarded) {
            try {
                install(tenure).ifPresent(next::add);
            } catch (Failure e) {
                LOG.warnf(
                        "no guard could be installed for slice %s, which is not served so long: %s", tenure.slice(), e);
                missing.add(tenure);
            }
        }
        unguarded = List.copyOf(missing);
        next.sort(Comparator.comparing(each -> each.tenure.slice().low()));
        held = List.copyOf(next);
        if (!missing.isEmpty()) retrying.schedule(this::guardAll, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Empty when another pod has taken the slice over, of which we shall hear. */
    private Optional<Held> install(Tenure tenure) {
        InstallOutcome outcome = installing.write(
                Territory.ROOT,
                transaction -> guards.install(transaction.connection(), tenure.slice(), self, tenure.since()));
        if (outcome instanceof InstallOutcome.Installed installed) {
            taking.accept(tenure.slice());
            return Optional.of(new Held(tenure, installed.guard(), numbers.getAsLong()));
        }
        LOG.warnf("slice %s was guarded by a later owner: %s", tenure.slice(), outcome);
        return Optional.empty();
    }

    private static Stream<Tenure> without(Tenure tenure, List<Tenure> removed) {
        List<Slice> rest = List.of(tenure.slice());
        for (Tenure gone : removed)
            rest = rest.stream()
                    .flatMap(part -> part.minus(gone.slice()).stream())
                    .toList();
        return rest.stream().map(tenure::over);
    }

    @Override
    public void close() {
        retrying.shutdownNow();
    }
}
