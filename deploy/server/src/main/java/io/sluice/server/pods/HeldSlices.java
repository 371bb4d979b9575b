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
    private Consumer<List<Held>> taking = taken -> {};
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
    synchronized void whenTaken(Consumer<List<Held>> told) {
        taking = taking.andThen(told);
        if (!held.isEmpty()) told.accept(held);
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
        if (unguarded.isEmpty()) return;
        try {
            List<Held> taken = install(unguarded);
            taking.accept(taken);
            unguarded = List.of();
            held = Stream.concat(held.stream(), taken.stream())
                    .sorted(Comparator.comparing(each -> each.tenure.slice().low()))
                    .toList();
        } catch (Failure e) {
            LOG.warnf("no guards could be installed for %s, which are not served so long: %s", unguarded, e);
            retrying.schedule(this::guardAll, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Without those that another pod has taken over, of which we shall hear. */
    private List<Held> install(List<Tenure> tenures) {
        return installing.write(Territory.ROOT, transaction -> {
            List<Held> installed = new ArrayList<>();
            for (Tenure tenure : tenures) {
                InstallOutcome outcome = guards.install(transaction.connection(), tenure.slice(), self, tenure.since());
                if (outcome instanceof InstallOutcome.Installed ours)
                    installed.add(new Held(tenure, ours.guard(), numbers.getAsLong()));
                else LOG.warnf("slice %s was guarded by a later owner: %s", tenure.slice(), outcome);
            }
            return List.copyOf(installed);
        });
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
