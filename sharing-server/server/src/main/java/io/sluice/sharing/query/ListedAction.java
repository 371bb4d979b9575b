package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.IndexedFile;
import io.sluice.sharing.wire.FileAction;
import io.sluice.sharing.wire.TableLines.CommitPoint;
import io.sluice.sharing.wire.TableLines.Kind;
import java.util.Optional;

/** What an answer lists. */
sealed interface ListedAction {

    /**
     * A file.
     *
     * @param commit empty for a file of a snapshot
     */
    record OfFile(Kind kind, FileAction action, Optional<CommitPoint> commit) implements ListedAction {
        static OfFile of(IndexedFile file) {
            return new OfFile(Kind.FILE, new FileAction.Indexed(file), Optional.empty());
        }
    }

    /** A line about the table as it was from a version on, which stands among its files. */
    record OfTable(ObjectNode line) implements ListedAction {}
}
