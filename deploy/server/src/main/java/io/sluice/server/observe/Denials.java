package io.sluice.server.observe;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** Requests that were refused for want of a right. Knows nothing of the registry, which error mappers come before. */
@Singleton
public final class Denials {
    private final LongAdder count = new LongAdder();

    public void add() {
        count.increment();
    }

    public double count() {
        return count.sum();
    }
}
