package io.sluice.simulation;

import io.sluice.sharder.Generation;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One value under a key in the store, behind a write guard, and the judge of whoever remembers it. */
final class Register {
    /** Above all names, so that every pod wants to read it. */
    static final SliceKey KEY = SliceKey.ROOT;

    private final List<SimulatedLoans> readers = new ArrayList<>();
    private final Map<Long, Resource> owners = new HashMap<>();
    private Generation guarded = Generation.ZERO;
    private long guard;
    private long value;
    private long remembered;

    void watch(SimulatedLoans reader) {
        readers.add(reader);
    }

    long value() {
        return value;
    }

    /** How often a pod began to remember what another owns. */
    long remembered() {
        return remembered;
    }

    /** As a write guard is installed: never in the place of a later owner's. */
    Optional<Long> install(Resource owner, Generation since) {
        boolean isContradiction = since.equals(guarded) && guard != 0 && !owner.equals(owners.get(guard));
        if (since.isBefore(guarded) || isContradiction) return Optional.empty();
        guarded = since;
        owners.put(++guard, owner);
        return Optional.of(guard);
    }

    /** As a guarded write is committed. */
    boolean commit(long under) {
        if (under != guard) return false;
        value++;
        readers.forEach(this::judge);
        return true;
    }

    void remembers(SimulatedLoans reader) {
        remembered++;
        judge(reader);
    }

    /** Whoever may answer from memory must remember what the store has, at every moment. */
    void judge(SimulatedLoans reader) {
        reader.readable().ifPresent(known -> {
            if (known != value)
                throw new AssertionError("%s answers with value %d from a loan, and %d has been committed"
                        .formatted(reader, known, value));
        });
    }
}
