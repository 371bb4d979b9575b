package io.sluice.sharing.share;

import java.util.Optional;

/** What is asked of {@link SharedHistory}; what is empty stays as it is, or takes its default. */
public record HistoryWish(Optional<Boolean> versions, Optional<Boolean> changes, Optional<Long> startVersion) {
    public static final HistoryWish NONE = new HistoryWish(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it depends on the table from which version on it is shared: from when history first is. */
    boolean startsNow(SharedHistory before) {
        return !before.isShared() && from(before, 0).isShared() && startVersion.isEmpty();
    }

    /** @param newest the table's version now, which counts if {@link #startsNow} */
    SharedHistory from(SharedHistory before, long newest) {
        boolean starts = !before.isShared() && startVersion.isEmpty();
        return new SharedHistory(
                versions.orElse(before.hasVersions()),
                changes.orElse(before.hasChanges()),
                starts ? newest : startVersion.orElse(before.startVersion()));
    }
}
