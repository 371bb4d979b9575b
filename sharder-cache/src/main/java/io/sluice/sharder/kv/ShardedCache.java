package io.sluice.sharder.kv;

import io.sluice.sharder.Clerk;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.transfer.StateAcquirer;
import io.sluice.sharder.transfer.StateProvider;
import io.sluice.sharder.transfer.StateReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A cache of many pods, seen from one of them. Any pod can be asked for any key: it answers itself what it owns and asks
 * the owner, once, for the rest. Thread-safe; has no threads and no clock of its own.
 *
 * <p>It is a cache. A key may be gone at any moment, and a pod that cannot tell answers as if it were. It never answers
 * with what a former owner stored before somebody else owned the key: each entry carries the ownership it was stored
 * under. What is promised of a {@link #put} or {@link #remove} that returned true: while the owner stays, or its slice
 * moves as planned, the next {@link #get} on any pod that knows the assignment heeds it.
 */
public final class ShardedCache<V> {
    /** How long what was lost is kept for the next owner to fetch. */
    static final Duration LINGER = Duration.ofSeconds(30);

    private final Ownership ownership;
    private final Clerk clerk;
    private final Peers peers;
    private final Function<String, SliceKey> place;
    private final Codec<V> codec;
    private final LongSupplier nanos;
    private final SliceStore<V> store;
    private final Handouts<V> handouts;
    private final List<Acquisition> acquisitions = new CopyOnWriteArrayList<>();
    private final List<Lost> lost = new CopyOnWriteArrayList<>();

    private record Lost(Slice slice, long untilNanos) {}

    /**
     * What a cache is made of.
     *
     * @param ownership and clerk, both of this pod's slicelet
     * @param place of a key in the key space; the same on all pods
     * @param mostBytes of memory for keys and values together
     * @param nanos the time, for example {@code System::nanoTime}
     */
    public record Parts<V>(
            Ownership ownership,
            Clerk clerk,
            Peers peers,
            Function<String, SliceKey> place,
            Codec<V> codec,
            long mostBytes,
            LongSupplier nanos) {}

    /** @param life differs from one start of this pod to the next, as the incarnation of a resource does */
    public ShardedCache(Parts<V> parts, long life) {
        this.ownership = parts.ownership();
        this.clerk = parts.clerk();
        this.peers = parts.peers();
        this.place = parts.place();
        this.codec = parts.codec();
        this.nanos = parts.nanos();
        this.store = new SliceStore<>(parts.mostBytes(), nanos);
        this.handouts = new Handouts<>(store, codec, life, nanos);
    }

    /** Spreads keys over the whole key space, without regard to any order among them. */
    public static SliceKey spread(String key) {
        return SliceKey.of(key, key);
    }

    public Optional<V> get(String key) {
        Slot slot = slot(key);
        return switch (ownership.owns(slot.at())) {
            case OWNED -> own(slot).map(Entry::value);
            case NOT_OWNED -> value(askOwner(slot, new Question.Get(key)));
            case UNKNOWN -> Optional.empty();
        };
    }

    /** @return whether the owner has it */
    public boolean put(String key, V value, long ttlMillis) {
        if (ttlMillis <= 0)
            throw new IllegalArgumentException("a time to live of " + ttlMillis + " ms is over at once");
        Slot slot = slot(key);
        return switch (ownership.owns(slot.at())) {
            case OWNED -> store(slot, value, ttlMillis);
            case NOT_OWNED ->
                askOwner(slot, new Question.Put(key, codec.encode(value), ttlMillis)) instanceof Reply.Done;
            case UNKNOWN -> false;
        };
    }

    /** @return whether the owner has it no more; if not, it may be served until its time to live is over */
    public boolean remove(String key) {
        Slot slot = slot(key);
        return switch (ownership.owns(slot.at())) {
            case OWNED -> drop(slot);
            case NOT_OWNED -> askOwner(slot, new Question.Remove(key)) instanceof Reply.Done;
            case UNKNOWN -> false;
        };
    }

    /** Answers another pod. */
    public Reply answer(Question question) {
        Slot slot = slot(question.key());
        if (question instanceof Question.Fetch)
            return store.peek(slot).map(this::found).orElseGet(Reply.Missing::new);
        if (ownership.owns(slot.at()) != Ownership.Answer.OWNED) return new Reply.NotServed();
        if (question instanceof Question.Get) return own(slot).map(this::found).orElseGet(Reply.Missing::new);
        boolean done = question instanceof Question.Put put
                ? store(slot, codec.decode(put.value()), put.ttlMillis())
                : drop(slot);
        return done ? new Reply.Done() : new Reply.NotServed();
    }

    /** What other pods pull from this one. */
    public StateProvider provider() {
        return handouts;
    }

    /** Takes in what is pulled for slices that were {@link #gained}. */
    public StateAcquirer acquirer() {
        return (slice, chunk) -> take(chunk);
    }

    /** The slice is to come from this owner, who serves on; what is pulled meanwhile is kept, but not served. */
    public void expect(Tenure former) {
        acquisitions.add(new Acquisition(former));
    }

    /** It will not come, or not from there. */
    public void expectNoMore(Tenure former) {
        acquisitions.removeIf(a -> !a.isOurs() && a.former.equals(former));
        evictStrangers(former.slice());
    }

    /**
     * This pod owns the slice from now on.
     *
     * @param former the ownership right before, if it is known for certain: what was pulled from it is served now, and
     *     its pod is asked for what is not here yet until {@link #acquired}
     */
    public void gained(Slice slice, Generation since, Optional<Tenure> former) {
        // What was expected from anybody else is void.
        acquisitions.removeIf(a -> !a.isOurs() && a.slice.overlaps(slice) && !former.equals(Optional.of(a.former)));
        former.ifPresent(tenure -> begin(tenure, since));
        evictStrangers(slice);
    }

    private void begin(Tenure former, Generation since) {
        if (acquisitions.stream().noneMatch(a -> !a.isOurs() && a.former.equals(former))) expect(former);
        for (Acquisition acquisition : acquisitions) {
            if (acquisition.isOurs() || !acquisition.former.equals(former)) continue;
            for (Slot slot : store.within(acquisition.slice))
                store.change(slot, (at, here) -> {
                    if (here != null && here.since().equals(since)) acquisition.touch(at);
                    return here != null && here.since().equals(former.since()) ? here.under(since) : here;
                });
            acquisition.begin(since);
        }
    }

    /** All that the former owner had is here, or will never be. */
    public void acquired(Slice slice) {
        acquisitions.removeIf(acquisition -> slice.contains(acquisition.slice));
    }

    /** This pod owns the slice no more. Its entries wait for the next owner, but not for long. */
    public void lost(Slice slice) {
        acquisitions.removeIf(acquisition -> acquisition.slice.overlaps(slice));
        lost.add(new Lost(slice, nanos.getAsLong() + LINGER.toNanos()));
    }

    /** Evicts what has waited long enough. Call about once a second. */
    public void advance() {
        long now = nanos.getAsLong();
        for (Lost gone : lost) {
            if (now < gone.untilNanos() || handouts.isHandingOut(gone.slice())) continue;
            lost.remove(gone);
            evictStrangers(gone.slice());
        }
    }

    public int size() {
        return store.size();
    }

    public long bytes() {
        return store.weight();
    }

    private Slot slot(String key) {
        return new Slot(place.apply(key), key);
    }

    // Requires that ownership was looked at before: then what is found under the tenure of now was stored by an owner
    // that has not been interrupted since.
    private Optional<Entry<V>> own(Slot slot) {
        Generation since = sinceOf(slot);
        Optional<Entry<V>> here = store.find(slot).filter(entry -> entry.since().equals(since));
        return here.isPresent() ? here : fetch(slot, since);
    }

    /** A miss in a slice that came lately: its former owner may still have it. */
    private Optional<Entry<V>> fetch(Slot slot, Generation since) {
        for (Acquisition acquisition : acquisitions) {
            if (!acquisition.isOurs() || !acquisition.since().equals(since) || !acquisition.mayTake(slot)) continue;
            if (peers.ask(acquisition.former.owner(), new Question.Fetch(slot.name())) instanceof Reply.Found found)
                take(acquisition, slot, found.stored());
            return store.find(slot).filter(entry -> entry.since().equals(since));
        }
        return Optional.empty();
    }

    private boolean store(Slot slot, V value, long ttlMillis) {
        Generation since = sinceOf(slot);
        touch(slot);
        store.change(slot, (at, before) -> entry(value, ttlMillis, since));
        handouts.changed(slot);
        if (isStillOwned(slot, since)) return true;
        // The slice went while we stored: nobody may believe that this arrived.
        store.change(slot, (at, present) -> null);
        return false;
    }

    private boolean drop(Slot slot) {
        Generation since = sinceOf(slot);
        touch(slot);
        store.change(slot, (at, before) -> new Entry<>(null, 0, nanos.getAsLong() + LINGER.toNanos(), since));
        handouts.changed(slot);
        return isStillOwned(slot, since);
    }

    private boolean isStillOwned(Slot slot, Generation since) {
        return ownership.owns(slot.at()) == Ownership.Answer.OWNED
                && sinceOf(slot).equals(since);
    }

    // Before the change: a chunk that arrives at the same moment must see it.
    private void touch(Slot slot) {
        for (Acquisition acquisition : acquisitions) if (acquisition.slice.contains(slot.at())) acquisition.touch(slot);
    }

    private void take(StateReading.Chunk chunk) {
        for (EntryLayout.Item item : EntryLayout.read(chunk.payload()))
            for (Acquisition acquisition : acquisitions)
                if (acquisition.slice.contains(item.slot().at())) take(acquisition, item);
    }

    private void take(Acquisition acquisition, EntryLayout.Item item) {
        if (item instanceof EntryLayout.There there) take(acquisition, there.slot(), there.stored());
        else store.change(item.slot(), (at, here) -> acquisition.mayTake(at) ? null : here);
    }

    private void take(Acquisition acquisition, Slot slot, Stored stored) {
        if (!acquisition.isFromFormerOwner(stored)) return;
        V value = codec.decode(stored.value());
        store.change(
                slot,
                (at, here) -> acquisition.mayTake(at) ? entry(value, stored.ttlMillis(), acquisition.since()) : here);
    }

    private Entry<V> entry(V value, long ttlMillis, Generation since) {
        long left = Math.min(ttlMillis, Long.MAX_VALUE / 4_000_000) * 1_000_000;
        return new Entry<>(value, codec.weigh(value), nanos.getAsLong() + left, since);
    }

    private Reply askOwner(Slot slot, Question question) {
        return clerk.lookup(slot.at()).map(owner -> peers.ask(owner, question)).orElseGet(Reply.NotServed::new);
    }

    private Optional<V> value(Reply reply) {
        return reply instanceof Reply.Found found
                ? Optional.of(codec.decode(found.stored().value()))
                : Optional.empty();
    }

    private Reply found(Entry<V> entry) {
        return new Reply.Found(entry.stored(codec, nanos.getAsLong()));
    }

    /** All that was stored under another ownership than that of now. */
    private void evictStrangers(Slice slice) {
        for (Slot slot : store.within(slice))
            store.change(slot, (at, here) -> here != null && here.since().equals(sinceOf(at)) ? here : null);
    }

    private Generation sinceOf(Slot slot) {
        return clerk.assignment().tenureOf(slot.at()).since();
    }
}
