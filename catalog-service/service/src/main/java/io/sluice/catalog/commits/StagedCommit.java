package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;

/**
 * A commit whose actions stand in a staged file of the table's log folder.
 *
 * @param fileName within {@code _delta_log/_staged_commits}
 */
public record StagedCommit(
        long version, long timestamp, String fileName, long fileSize, long fileModificationTimestamp) {
    /** Longer than any name that a file system or an object store takes. */
    private static final int LONGEST_NAME = 255;

    public StagedCommit {
        if (version <= 0)
            throw Failure.invalid(
                    "The commit has version %d. Versions from 1 on are committed; 0 is made with the table.", version);
        if (timestamp <= 0 || fileSize <= 0 || fileModificationTimestamp <= 0)
            throw Failure.invalid(
                    "Commit %d has timestamp %d, file size %d and file time %d. Each must be above 0.",
                    version, timestamp, fileSize, fileModificationTimestamp);
        // Readers put the name behind the table's own folder: it must not lead out of it.
        if (fileName.isBlank()
                || fileName.length() > LONGEST_NAME
                || fileName.matches(".*[/\\\\\\p{Cntrl}].*")
                || fileName.matches("\\.+"))
            throw Failure.invalid("The file name \"%s\" of commit %d is not the name of a file.", fileName, version);
    }

    /** Writers name each attempt's file anew, so that the name tells a repeated commit from another one. */
    boolean isTheSameAs(StagedCommit other) {
        return version == other.version && fileName.equals(other.fileName);
    }
}
