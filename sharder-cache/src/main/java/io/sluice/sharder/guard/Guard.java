package io.sluice.sharder.guard;

import java.util.UUID;

/** A fencing token. A fresh one for each installation, so that no two owners and no two attempts share one. */
public record Guard(UUID id) {
    static Guard fresh() {
        return new Guard(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
