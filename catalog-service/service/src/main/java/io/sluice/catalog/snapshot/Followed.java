package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Change;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot and the log it follows. Readers take the current one without a lock; whoever brings it forward holds the
 * lock, so that a load and a write that commits meanwhile cannot overtake each other: a change is applied only to the
 * snapshot just before it, and anything else makes the tail of the log be read.
 */
final class Followed<S> {
    private final Source<S> source;
    private final Tally tally;
    /** Held while something is fetched that is put in later; writers do not wait for it. */
    private final Object filling = new Object();

    private volatile @Nullable Held<S> held;

    Followed(Source<S> source, Tally tally) {
        this.source = source;
        this.tally = tally;
    }

    /** The snapshot for an owner of this tenure: from memory if it was held all along, else brought up to date. */
    S at(long tenure) {
        S resident = resident(tenure);
        if (resident != null) return resident;
        tally.misses().increment();
        return advance(tenure);
    }

    @Nullable
    S resident(long tenure) {
        Held<S> now = held;
        if (now == null || now.tenure != tenure) return null;
        tally.hits().increment();
        return now.snapshot;
    }

    /** What is held, however old: for those who look at the memory itself. */
    @Nullable
    S inMemory() {
        Held<S> now = held;
        return now == null ? null : now.snapshot;
    }

    /** The snapshot after a look at the store, for a pod that is not told about the writes of others. */
    S refreshed() {
        tally.misses().increment();
        return advance(Held.NOBODYS);
    }

    /** As above before anybody asked, which is no miss. Whoever owns the log already goes on owning what is held. */
    synchronized S readAhead() {
        Held<S> now = held;
        Held<S> next = now == null ? new Held<>(loaded(), Held.NOBODYS) : caughtUp(now.snapshot, now.tenure);
        held = next;
        return next.snapshot;
    }

    /** Takes over what is held into a tenure, if it is all that there is. */
    synchronized void confirm(long tenure, long lastSequence) {
        Held<S> now = held;
        if (now != null && source.sequenceOf(now.snapshot) == lastSequence) held = new Held<>(now.snapshot, tenure);
    }

    synchronized void committed(long lastSequence, List<Change> changes) {
        Held<S> now = held;
        if (now == null) return;
        long before = source.sequenceOf(now.snapshot);
        if (before >= lastSequence) return;
        // Another write of this pod may have committed before this one and not have come here yet.
        if (before + changes.size() == lastSequence)
            held = new Held<>(applied(now.snapshot, changes, lastSequence), now.tenure);
        else held = caughtUp(now.snapshot, now.tenure);
    }

    /** Puts in what is read of the store beside the log. */
    S fill(long tenure, Supplier<? extends Part<S>> reading) {
        tally.misses().increment();
        Part<S> read = reading.get();
        synchronized (this) {
            return put(new Held<>(at(tenure), tenure), read, reading).snapshot;
        }
    }

    /**
     * As {@link #fill} before anybody asked, for whoever owns the log.
     *
     * @return what was put in; empty if there is nothing to put it into
     */
    <P extends Part<S>> Optional<P> fillAhead(Supplier<P> reading) {
        P read = reading.get();
        synchronized (this) {
            Held<S> now = held;
            if (now == null) return Optional.empty();
            put(now, read, reading);
            return Optional.of(read);
        }
    }

    private Held<S> put(Held<S> now, Part<S> first, Supplier<? extends Part<S>> reading) {
        long known = source.sequenceOf(now.snapshot);
        // Memory went past what was read. It cannot do so again now.
        Part<S> read = first.sequence() < known ? reading.get() : first;
        S filled = read.into(now.snapshot);
        if (known < read.sequence()) {
            // A change carries the whole new state, so it does no harm to what was read after it.
            Tail<S> tail = source.tailAfter(known);
            filled = applied(filled, tail.changes(), tail.last());
        }
        Held<S> next = new Held<>(filled, now.tenure);
        held = next;
        return next;
    }

    /** Something of the store as it was at one sequence number. */
    interface Part<S> {
        long sequence();

        S into(S snapshot);
    }

    Object filling() {
        return filling;
    }

    /** Lets go of a part of what is in memory. */
    synchronized void shrink(UnaryOperator<S> shrinking) {
        Held<S> now = held;
        if (now != null) held = new Held<>(shrinking.apply(now.snapshot), now.tenure);
    }

    void forget() {
        held = null;
    }

    private synchronized S advance(long tenure) {
        Held<S> now = held;
        if (now != null && now.tenure == tenure && tenure != Held.NOBODYS) return now.snapshot;
        Held<S> next = now == null ? new Held<>(loaded(), tenure) : caughtUp(now.snapshot, tenure);
        held = next;
        return next.snapshot;
    }

    private S loaded() {
        tally.loads().increment();
        return source.load();
    }

    private S applied(S snapshot, List<Change> changes, long sequence) {
        // Changes are let go of after a day, and somebody may not have followed for longer.
        if (source.sequenceOf(snapshot) + changes.size() != sequence) return loaded();
        try {
            return source.apply(snapshot, changes, sequence);
        } catch (OutOfPlaceException e) {
            return loaded();
        }
    }

    private Held<S> caughtUp(S snapshot, long tenure) {
        Tail<S> tail = source.tailAfter(source.sequenceOf(snapshot));
        return new Held<>(applied(snapshot, tail.changes(), tail.last()), tenure);
    }

    /** How often memory answered, how often the store was asked first, and how often for all that it has. */
    record Tally(LongAdder hits, LongAdder misses, LongAdder loads) {
        Tally() {
            this(new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    /** @param tenure in which the snapshot was held without a gap */
    private record Held<S>(S snapshot, long tenure) {
        static final long NOBODYS = -1;
    }

    /** Changes in order, and the sequence number after the last of them. */
    record Tail<S>(List<Change> changes, long last) {}

    interface Source<S> {
        S load();

        Tail<S> tailAfter(long sequence);

        S apply(S snapshot, List<Change> changes, long sequence);

        long sequenceOf(S snapshot);
    }
}
