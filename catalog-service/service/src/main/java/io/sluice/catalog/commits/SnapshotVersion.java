package io.sluice.catalog.commits;

import io.sluice.catalog.record.TableRecord;
import io.sluice.model.failure.Failure;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The commit that last changed what a table is (and not only its rows), as kept among its properties. */
public record SnapshotVersion(long version, long timestamp) {
    private static final String VERSION = "delta.lastUpdateVersion";
    private static final String TIMESTAMP = "delta.lastCommitTimestamp";

    public SnapshotVersion {
        if (version < 0 || timestamp < 0)
            throw Failure.invalid("The last commit has version %d at %d. Both begin at 0.", version, timestamp);
    }

    public Map<String, String> asProperties() {
        return Map.of(VERSION, String.valueOf(version), TIMESTAMP, String.valueOf(timestamp));
    }

    /** Empty for a table of which no commit told it; whoever made it may have written anything there. */
    public static Optional<SnapshotVersion> of(TableRecord table) {
        try {
            return Optional.of(new SnapshotVersion(
                    Long.parseLong(table.properties().getOrDefault(VERSION, "")),
                    Long.parseLong(table.properties().getOrDefault(TIMESTAMP, ""))));
        } catch (NumberFormatException | Failure e) {
            return Optional.empty();
        }
    }

    /** They follow from commits, and a caller who set them would tell readers of commits that never were. */
    static void requireNotNamed(Collection<String> properties) {
        for (String name : properties)
            if (name.equals(VERSION) || name.equals(TIMESTAMP))
                throw Failure.invalid("The property %s follows from the commits. Leave it out.", name);
    }
}
