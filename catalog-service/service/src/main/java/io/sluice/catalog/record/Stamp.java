package io.sluice.catalog.record;

/** Who owns a thing, who made it and who touched it last. Times are epoch milliseconds. */
public record Stamp(String owner, long createdAt, String createdBy, long updatedAt, String updatedBy) {

    public static Stamp created(String principal, long now) {
        return new Stamp(principal, now, principal, now, principal);
    }

    public Stamp updated(String principal, long now) {
        return new Stamp(owner, createdAt, createdBy, now, principal);
    }

    public Stamp ownedBy(String newOwner) {
        return new Stamp(newOwner, createdAt, createdBy, updatedAt, updatedBy);
    }
}
