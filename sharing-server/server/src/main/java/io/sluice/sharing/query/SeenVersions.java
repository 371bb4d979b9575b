package io.sluice.sharing.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.sharing.recipient.RecipientId;

/** The newest version of each table that each recipient was told by this pod. */
final class SeenVersions {
    /** A forgotten mark costs at most one step back for one recipient, after so many others have read. */
    private static final int MAX_MARKS = 100_000;

    private final Cache<Reader, Long> marks =
            Caffeine.newBuilder().maximumSize(MAX_MARKS).build();

    private record Reader(RecipientId recipient, String tableId) {}

    long of(RecipientId recipient, String tableId) {
        Long mark = marks.getIfPresent(new Reader(recipient, tableId));
        return mark == null ? -1 : mark;
    }

    void raise(RecipientId recipient, String tableId, long version) {
        marks.asMap().merge(new Reader(recipient, tableId), version, Math::max);
    }
}
