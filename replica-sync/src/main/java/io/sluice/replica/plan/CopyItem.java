package io.sluice.replica.plan;

/**
 * An object to bring to the target under the same key.
 *
 * @param length exact for a data file; for a file of deletion vectors, whose length no log tells, at least so much
 */
public record CopyItem(String key, long length, Kind kind) {
    /** What the object is. */
    public enum Kind {
        DATA,
        DELETION_VECTORS
    }
}
