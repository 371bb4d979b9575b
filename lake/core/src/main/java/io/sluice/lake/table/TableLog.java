package io.sluice.lake.table;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The log of one table, read only. Versions are those of the table format. Safe for use by many threads. */
public interface TableLog {
    /**
     * The newest version, given that {@code known} existed. Costs one request to the store (one more when nothing is
     * known, and one more for each thousand commits behind {@code known}).
     *
     * @param known a version seen before, or -1
     */
    long latestVersion(long known) throws IOException;

    /** The table as it is now. */
    TableSnapshot snapshot() throws IOException;

    /**
     * The table as it is now, given how it was. Costs one request when nothing happened since, and one more for each new
     * commit; a log that is not the continuation of the known one is read anew.
     */
    TableSnapshot newest(TableSnapshot known) throws IOException;

    /** The table as it was at a version. Throws {@code Failure} (invalid) when the log no longer holds it. */
    TableSnapshot snapshot(long version) throws IOException;

    /** The commits {@code from..to}, both included, in order. */
    List<TableCommit> changes(long from, long to) throws IOException;

    /** When the commits {@code from..to} were made, both included; one that the log no longer holds is missing. */
    SortedMap<Long, Instant> commitTimes(long from, long to) throws IOException;

    /** The last version that was there at an instant. Throws {@code Failure} (invalid) when there was none yet. */
    long versionAt(Instant time) throws IOException;

    /** The first version made at or after an instant. Throws {@code Failure} (invalid) when all are older. */
    long versionFrom(Instant time) throws IOException;

    /** The highest version that {@code application} has recorded with its commits, if it ever has. */
    Optional<Long> lastTransaction(String application) throws IOException;
}
