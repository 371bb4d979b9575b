package io.sluice.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The system's clock, some time later. */
final class LateClock extends Clock {
    private volatile Duration late = Duration.ZERO;

    private volatile @Nullable Instant standing;

    /** From here on no time goes by. */
    void stand() {
        standing = Instant.now();
    }

    void pass(Duration time) {
        late = late.plus(time);
    }

    @Override
    public Instant instant() {
        Instant now = standing;
        return (now == null ? Instant.now() : now).plus(late);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
