package io.sluice.sharing;

import java.time.Instant;

/** Who made a thing and who changed it last, and when. */
public record Authorship(Instant createdAt, String createdBy, Instant updatedAt, String updatedBy) {
    public static Authorship createdBy(String principal, Instant now) {
        return new Authorship(now, principal, now, principal);
    }

    public Authorship updatedBy(String principal, Instant now) {
        return new Authorship(createdAt, createdBy, now, principal);
    }
}
