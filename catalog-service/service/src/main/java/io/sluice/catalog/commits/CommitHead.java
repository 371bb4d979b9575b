package io.sluice.catalog.commits;

/**
 * How far a table is.
 *
 * @param lastVersion the last version that was given out
 * @param backfilled all versions up to it stand in the log itself
 */
public record CommitHead(long lastVersion, long backfilled) {
    /** More would make readers fetch many small files; writers have to backfill first. */
    static final int MOST_UNBACKFILLED = 10;

    /**
     * So many commits are known by name although they stand in the log: a writer that did not hear the answer asks
     * again, and others may have backfilled its commit meanwhile.
     */
    static final int REMEMBERED = 100;

    boolean isFull() {
        return lastVersion - backfilled >= MOST_UNBACKFILLED;
    }
}
