package io.sluice.catalog.record;

import org.jspecify.annotations.Nullable;

/**
 * One version of a registered model.
 *
 * @param revision grows by one with every change of this row
 * @param source where the client trained it, in the client's words
 */
public record ModelVersionRecord(
        String id,
        String modelId,
        long version,
        long revision,
        String location,
        String source,
        @Nullable String runId,
        Status status,
        @Nullable String comment,
        long createdAt,
        String createdBy,
        long updatedAt,
        String updatedBy) {

    public enum Status {
        PENDING_REGISTRATION,
        READY
    }

    public static ModelVersionRecord pending(
            String id,
            String modelId,
            long version,
            String location,
            String source,
            @Nullable String runId,
            @Nullable String comment,
            String by,
            long now) {
        return new ModelVersionRecord(
                id,
                modelId,
                version,
                1,
                location,
                source,
                runId,
                Status.PENDING_REGISTRATION,
                comment,
                now,
                by,
                now,
                by);
    }

    public ModelVersionRecord commented(@Nullable String newComment) {
        return changed(status, newComment == null ? comment : newComment, updatedAt, updatedBy, revision);
    }

    public ModelVersionRecord ready() {
        return changed(Status.READY, comment, updatedAt, updatedBy, revision);
    }

    /** The next revision. */
    public ModelVersionRecord touched(String by, long now) {
        return changed(status, comment, now, by, revision + 1);
    }

    private ModelVersionRecord changed(
            Status newStatus, @Nullable String newComment, long at, String by, long newRevision) {
        return new ModelVersionRecord(
                id,
                modelId,
                version,
                newRevision,
                location,
                source,
                runId,
                newStatus,
                newComment,
                createdAt,
                createdBy,
                at,
                by);
    }
}
