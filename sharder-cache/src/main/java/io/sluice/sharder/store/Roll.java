package io.sluice.sharder.store;

import io.sluice.sharder.Generation;
import java.util.List;

/** @param map the generation in force */
public record Roll(Generation map, boolean frozen, List<PodLease> leases) {
    public Roll {
        leases = List.copyOf(leases);
    }
}
