package io.sluice.catalog.store;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ids that sort by the time of their making, also within a millisecond of one process: UUIDs of version 7. */
final class EventIds {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private EventIds() {}

    static UUID next(long millis) {
        long high = millis << 16 | VERSION | COUNTER.getAndIncrement() & 0xfff;
        return new UUID(high, VARIANT | ThreadLocalRandom.current().nextLong() >>> 2);
    }
}
