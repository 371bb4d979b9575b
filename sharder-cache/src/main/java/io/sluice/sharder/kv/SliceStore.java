package io.sluice.sharder.kv;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.sluice.sharder.Slice;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries within a bound of bytes, each until its time. Beside the cache stands an index in the order of keys, so that
 * what belongs to one slice is found without looking at the rest. Thread-safe: whatever changes an entry changes the
 * index inside the same step of the cache, which is atomic for each key.
 */
final class SliceStore<V> {
    // What an entry costs beside its value: its name, its place in cache and index.
    private static final int OVERHEAD_BYTES = 200;
    private static final String LAST_NAME = "\uffff";

    private final Cache<Slot, Entry<V>> entries;
    private final NavigableSet<Slot> index = new ConcurrentSkipListSet<>();
    private final LongSupplier nanos;

    SliceStore(long mostBytes, LongSupplier nanos) {
        this.nanos = nanos;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((Slot slot, Entry<V> entry) ->
                        OVERHEAD_BYTES + 2 * slot.name().length() + entry.bytes())
                .expireAfter(new UntilItsTime<V>())
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .evictionListener((slot, entry, why) -> {
                    if (slot != null) index.remove(slot);
                })
                .build();
    }

    Optional<Entry<V>> find(Slot slot) {
        return Optional.ofNullable(entries.getIfPresent(slot)).filter(this::isThere);
    }

    /** Without counting as a use. */
    Optional<Entry<V>> peek(Slot slot) {
        return Optional.ofNullable(entries.policy().getIfPresentQuietly(slot)).filter(this::isThere);
    }

    private boolean isThere(Entry<V> entry) {
        return entry.valueAt(nanos.getAsLong()).isPresent();
    }

    /** @param change from the present entry, if any, to the next, if any; atomic for the slot */
    void change(Slot slot, BiFunction<Slot, @Nullable Entry<V>, @Nullable Entry<V>> change) {
        entries.asMap().compute(slot, (at, present) -> {
            Entry<V> next = change.apply(at, present);
            if (next == null) index.remove(at);
            else index.add(at);
            return next;
        });
    }

    /** All slots of the slice, those that are best worth keeping first. */
    List<Slot> hottest(Slice slice) {
        return entries.policy()
                .eviction()
                .orElseThrow()
                .hottest(all -> all.map(e -> e.getKey())
                        .filter(slot -> slice.contains(slot.at()))
                        .toList());
    }

    NavigableSet<Slot> within(Slice slice) {
        return index.subSet(new Slot(slice.low(), ""), true, new Slot(slice.last(), LAST_NAME), true);
    }

    long weight() {
        entries.cleanUp();
        return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    int size() {
        return index.size();
    }

    private static final class UntilItsTime<V> implements Expiry<Slot, Entry<V>> {
        @Override
        public long expireAfterCreate(Slot slot, Entry<V> entry, long nowNanos) {
            return Math.max(0, entry.expiresAtNanos() - nowNanos);
        }

        @Override
        public long expireAfterUpdate(Slot slot, Entry<V> entry, long nowNanos, long leftNanos) {
            return Math.max(0, entry.expiresAtNanos() - nowNanos);
        }

        @Override
        public long expireAfterRead(Slot slot, Entry<V> entry, long nowNanos, long leftNanos) {
            return leftNanos;
        }
    }
}
