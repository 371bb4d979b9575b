package io.sluice.sharder.kv;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A slice that is to come or came lately. Until it is ours, what its former owner hands out is kept as the former's;
 * from then on, what is written here is newer than anything the former holds. Thread-safe.
 */
final class Acquisition {
    /** From then on the former owner's word is not worth the memory. */
    private static final int MOST_TOUCHED = 100_000;

    final Slice slice;
    final Tenure former;
    private final Set<Slot> touched = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Generation since;

    Acquisition(Tenure former) {
        this.slice = former.slice();
        this.former = former;
    }

    /** The ownership under which entries are kept now. */
    Generation since() {
        Generation ours = since;
        return ours == null ? former.since() : ours;
    }

    boolean isOurs() {
        return since != null;
    }

    /** The slice is ours from now on, and all that was written here before we heard of it has been touched. */
    void begin(Generation ours) {
        since = ours;
    }

    void touch(Slot slot) {
        touched.add(slot);
    }

    /** Only from the ownership right before ours: what was stored under an older one may have been overwritten since. */
    boolean isFromFormerOwner(Stored stored) {
        return stored.since().equals(former.since());
    }

    boolean mayTake(Slot slot) {
        return slice.contains(slot.at()) && !touched.contains(slot) && touched.size() < MOST_TOUCHED;
    }
}
