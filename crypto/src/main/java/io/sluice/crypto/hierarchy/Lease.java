package io.sluice.crypto.hierarchy;

import java.time.Duration;
import java.time.Instant;

/**
 * How long an unwrapped KEK may be used without asking the key service again. The monotonic clock stands still while a
 * machine sleeps and the wall clock can be set: a lease has run out as soon as either says so.
 */
record Lease(Instant grantedAt, long grantedNanos, Terms terms) {
    /** @param grace how much longer it may be used while the key service cannot be reached */
    record Terms(Duration life, Duration grace) {}

    enum Standing {
        FRESH,
        /** Renew before use; usable only if the key service cannot be reached. */
        DUE,
        DEAD
    }

    Standing at(Instant now, long nanos) {
        Duration age = age(now, nanos);
        if (age.compareTo(terms.life) < 0) return Standing.FRESH;
        return age.compareTo(terms.life.plus(terms.grace)) < 0 ? Standing.DUE : Standing.DEAD;
    }

    Duration age(Instant now, long nanos) {
        Duration byWall = Duration.between(grantedAt, now);
        Duration byTick = Duration.ofNanos(nanos - grantedNanos);
        // A wall clock that went back makes the age unknown; trust the other one then.
        return byWall.compareTo(byTick) > 0 ? byWall : byTick;
    }
}
