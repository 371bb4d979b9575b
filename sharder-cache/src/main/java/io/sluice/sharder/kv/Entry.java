package io.sluice.sharder.kv;

import io.sluice.sharder.Generation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value in memory.
 *
 * @param present absent where one was removed a moment ago, so that nothing older takes its place
 * @param since the ownership under which it was stored. Under any other it is not served: another pod may have written
 *     in between.
 */
record Entry<V>(@Nullable V present, int bytes, long expiresAtNanos, Generation since) {
    /** Empty if it was removed or has run out. */
    Optional<V> valueAt(long nowNanos) {
        return nowNanos < expiresAtNanos ? Optional.ofNullable(present) : Optional.empty();
    }

    V value() {
        if (present == null) throw new IllegalStateException("what was removed has no value");
        return present;
    }

    Entry<V> under(Generation other) {
        return new Entry<>(present, bytes, expiresAtNanos, other);
    }

    /** Requires a value. What is still there has at least a millisecond left. */
    Stored stored(Codec<V> codec, long nowNanos) {
        long leftMillis = Math.max(1, (expiresAtNanos - nowNanos + 999_999) / 1_000_000);
        return new Stored(codec.encode(value()), leftMillis, since);
    }
}
