package io.sluice.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, some time later. */
final class LateClock extends Clock {
    private volatile Duration late = Duration.ZERO;

    void pass(Duration time) {
        late = late.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(late);
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
