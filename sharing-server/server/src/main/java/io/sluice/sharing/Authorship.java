package io.sluice.sharing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Who made a thing and who changed it last, and when: to the millisecond, which is how finely it is kept. */
public record Authorship(Instant createdAt, String createdBy, Instant updatedAt, String updatedBy) {
    public Authorship {
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    public static Authorship createdBy(String principal, Instant now) {
        return new Authorship(now, principal, now, principal);
    }

    public Authorship updatedBy(String principal, Instant now) {
        return new Authorship(createdAt, createdBy, now, principal);
    }
}
