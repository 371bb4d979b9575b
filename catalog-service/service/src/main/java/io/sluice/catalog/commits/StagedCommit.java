package io.sluice.catalog.commits;

/**
 * A commit whose actions stand in a staged file of the table's log folder.
 *
 * @param fileName within {@code _delta_log/_staged_commits}
 */
public record StagedCommit(
        long version, long timestamp, String fileName, long fileSize, long fileModificationTimestamp) {}
