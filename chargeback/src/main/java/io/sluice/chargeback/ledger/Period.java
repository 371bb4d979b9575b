package io.sluice.chargeback.ledger;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Half-open in time, {@code [from .. to)}. Adjacent periods share no moment and leave none out. */
public record Period(Instant from, Instant to) {
    public Period {
        if (to.isBefore(from))
            throw new IllegalArgumentException("period ends at " + to + ", before it begins at " + from);
    }

    /** A calendar month in UTC. */
    public static Period of(YearMonth month) {
        return new Period(startOf(month), startOf(month.plusMonths(1)));
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public String toString() {
        return "[" + from + " .. " + to + ")";
    }
}
