package io.sluice.client;

import io.sluice.client.FileLine.Commit;
import java.time.Instant;

/**
 * A file that a version of a table brought, took away, or lists its changed rows in.
 *
 * @param version that did it
 * @param time of that version
 */
public record ChangedFile(Kind kind, RemoteFile file, long version, Instant time) {
    public enum Kind {
        /** Its rows are new. */
        ADDED,
        /** Its rows are gone. */
        REMOVED,
        /** Each row tells in {@code _change_type} what became of it. */
        CHANGES
    }

    static ChangedFile of(FileLine line) {
        Kind kind = switch (line.kind()) {
            case ADD -> Kind.ADDED;
            case REMOVE -> Kind.REMOVED;
            case CHANGES -> Kind.CHANGES;
        };
        Commit commit = line.commit().orElseThrow();
        return new ChangedFile(kind, line.file(), commit.version(), commit.time());
    }
}
