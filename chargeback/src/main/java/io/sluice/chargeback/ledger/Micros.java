package io.sluice.chargeback.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the ledger stores them: microseconds since 1970, one BIGINT in both databases. */
final class Micros {
    private Micros() {}

    static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
