package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.sharing.wire.TableLines.CommitPoint;
import io.sluice.sharing.wire.TableLines.Kind;
import java.util.Optional;

/** What an answer lists. */
sealed interface ListedAction {

    /**
     * A file, and what the table's log says of it.
     *
     * @param commit empty for a file of a snapshot
     */
    record OfFile(Kind kind, ObjectNode action, Optional<CommitPoint> commit) implements ListedAction {
        static OfFile of(DataFile file) {
            return new OfFile(Kind.FILE, file.add(), Optional.empty());
        }

        String path() {
            return action.path("path").asText();
        }

        long size() {
            return action.path("size").asLong();
        }
    }

    /** A line about the table as it was from a version on, which stands among its files. */
    record OfTable(ObjectNode line) implements ListedAction {}
}
