package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.wire.TableLines;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/** Goes through commits, one in memory at a time, and tells of each what is wanted. */
final class CommitLines implements Iterator<ListedAction> {
    private final Commits log;
    private final long to;
    private final Scope scope;
    private final TableLines format;
    private final Queue<ListedAction> ready = new ArrayDeque<>();
    private final long from;
    private ObjectNode protocol;
    private ObjectNode metadata;
    private long next;

    @FunctionalInterface
    interface Commits {
        ChangeActions at(long version);
    }

    /** @param tellsRows the rows that changed, rather than the files */
    record Scope(boolean tellsRows, boolean tellsOldMetadata, boolean tellsOldProtocol) {}

    /** @param first the table at the first version, of which the answer's header tells */
    CommitLines(Commits log, long from, long to, TableSnapshot first, Scope scope, TableLines format) {
        this.log = log;
        this.from = from;
        this.to = to;
        this.scope = scope;
        this.format = format;
        this.protocol = first.protocol();
        this.metadata = first.metadata();
        this.next = from;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && next <= to) read(next++);
        return !ready.isEmpty();
    }

    @Override
    public ListedAction next() {
        if (!hasNext()) throw new NoSuchElementException();
        return ready.remove();
    }

    private void read(long version) {
        ChangeActions commit = log.at(version);
        commit.protocol().ifPresent(changed -> protocol = changed);
        commit.metadata().ifPresent(changed -> metadata = changed);
        if (version > from) tellTable(commit, version);
        ready.addAll(scope.tellsRows() ? commit.rowsChanged() : commit.filesChanged());
    }

    private void tellTable(ChangeActions commit, long version) {
        TableSnapshot now = new TableSnapshot(version, Instant.EPOCH, protocol, metadata, List.of());
        if (scope.tellsOldProtocol() && commit.protocol().isPresent())
            ready.add(new ListedAction.OfTable(format.protocol(now, OptionalLong.of(version))));
        if (scope.tellsOldMetadata() && commit.metadata().isPresent())
            ready.add(new ListedAction.OfTable(
                    format.metadata(now, new TableLines.Told(OptionalLong.of(version), true, Optional.empty()))));
    }
}
