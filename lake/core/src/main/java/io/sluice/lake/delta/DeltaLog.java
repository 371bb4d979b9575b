package io.sluice.lake.delta;

import io.delta.kernel.Snapshot;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ParallelReads;
import io.sluice.lake.table.FileIndex;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The log of a Delta table, read by kernel; commits are handed out exactly as they are stored. */
public final class DeltaLog implements TableLog {
    /** Further behind, a checkpoint is likely on the way, and reading that is shorter. */
    private static final int MAX_TAIL = 100;

    /** Not worth the threads. */
    private static final int FEW_COMMITS = 4;

    private static final long LIST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ObjectStore store;
    private final KernelTable table;
    private volatile long lastListNanos = System.nanoTime() - LIST_EVERY_NANOS;

    private DeltaLog(ObjectStore store) {
        this.store = store;
        this.table = new KernelTable(store);
    }

    /** The table whose folder is the root of {@code store}. Asks nothing of the store yet. */
    public static DeltaLog at(ObjectStore store) {
        return new DeltaLog(store);
    }

    @Override
    public long latestVersion(long known) throws IOException {
        long start = known >= 0 ? known : lastCheckpoint();
        SortedMap<Long, Instant> newer = commitTimes(start + 1, Long.MAX_VALUE);
        long latest = newer.isEmpty() ? start : newer.lastKey();
        if (latest < 0) throw KernelFailures.noTable(store);
        return latest;
    }

    @Override
    public TableSnapshot snapshot() throws IOException {
        return load(KernelTable::latest);
    }

    @Override
    public TableSnapshot snapshot(long version) throws IOException {
        return load(table -> table.at(version));
    }

    @Override
    public TableSnapshot newest(TableSnapshot known) throws IOException {
        // To ask for the one commit that would be next is the cheapest question a store knows. Only a list tells
        // whether the log is still the one that was read, so that is asked for from time to time.
        boolean isListDue = System.nanoTime() - lastListNanos >= LIST_EVERY_NANOS;
        if (!isListDue && store.head(LogNames.commit(known.version() + 1)).isEmpty()) return known;
        lastListNanos = System.nanoTime();
        SortedMap<Long, Instant> commits = commitTimes(known.version(), Long.MAX_VALUE);
        // A commit is never written twice: another time means another log at the same place.
        boolean isContinued = known.storedAt().equals(commits.get(known.version()));
        if (!isContinued || commits.size() > MAX_TAIL) return snapshot();
        if (commits.size() == 1) return known;
        Optional<TableSnapshot> next = continued(known, commits.tailMap(known.version() + 1));
        return next.isPresent() ? next.get() : snapshot();
    }

    @Override
    public List<TableCommit> changes(long from, long to) throws IOException {
        List<TableCommit> commits = new ArrayList<>();
        if (to - from < FEW_COMMITS) {
            for (long version = from; version <= to; version++)
                commits.add(commit(version, ParallelReads.here(store, LogNames.commit(version))));
            return commits;
        }
        List<CompletableFuture<byte[]>> reads = new ArrayList<>();
        for (long version = from; version <= to; version++)
            reads.add(ParallelReads.begin(store, LogNames.commit(version), ByteRange.ALL));
        for (CompletableFuture<byte[]> read : reads) commits.add(commit(from + commits.size(), read));
        return commits;
    }

    @Override
    public SortedMap<Long, Instant> commitTimes(long from, long to) throws IOException {
        SortedMap<Long, Instant> times = new TreeMap<>();
        try {
            String after = from > 0 ? LogNames.commit(from - 1) : "";
            for (Iterator<ObjectInfo> keys = store.list(LogNames.FOLDER, after); keys.hasNext(); ) {
                ObjectInfo found = keys.next();
                OptionalLong version = LogNames.commitVersion(found.key());
                boolean isBehind =
                        version.isPresent() ? version.getAsLong() > to : LogNames.isBehindCommits(found.key());
                if (isBehind) break;
                if (version.isPresent())
                    times.put(version.getAsLong(), found.modified().truncatedTo(ChronoUnit.MILLIS));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return times;
    }

    @Override
    public long versionAt(Instant time) throws IOException {
        return table.versionAt(time.toEpochMilli());
    }

    @Override
    public long versionFrom(Instant time) throws IOException {
        return table.versionFrom(time.toEpochMilli());
    }

    @Override
    public Optional<Long> lastTransaction(String application) throws IOException {
        return table.lastTransaction(table.latest(), application);
    }

    private interface Wanted {
        Snapshot of(KernelTable table) throws IOException;
    }

    /** From the newest checkpoint on; from the first commit, if that checkpoint cannot be read. */
    private TableSnapshot load(Wanted wanted) throws IOException {
        try {
            return load(store, wanted);
        } catch (UnreadableLogException damaged) {
            if (!hasCheckpoint()) throw damaged;
            try {
                return load(new WithoutCheckpoints(store), wanted);
            } catch (IOException | Failure notWhole) {
                throw new UnreadableLogException(
                        "From its newest checkpoint: " + damaged.getMessage() + " From its first commit: "
                                + notWhole.getMessage(),
                        damaged);
            }
        }
    }

    private boolean hasCheckpoint() throws IOException {
        for (Iterator<ObjectInfo> keys = store.list(LogNames.FOLDER, ""); keys.hasNext(); ) {
            String key = keys.next().key();
            if (LogNames.checkpointVersion(key).isPresent()) return true;
            if (LogNames.isBehindCommits(key)) return false;
        }
        return false;
    }

    private static TableSnapshot load(ObjectStore store, Wanted wanted) throws IOException {
        KernelTable table = new KernelTable(new LogReadAhead(store));
        return describe(table, wanted.of(table));
    }

    private static TableSnapshot describe(KernelTable table, Snapshot snapshot) throws IOException {
        return new TableSnapshot(
                snapshot.getVersion(),
                table.storedAt(snapshot),
                table.protocol(snapshot),
                table.metadata(snapshot),
                table.files(snapshot));
    }

    /** The known table with newer commits applied. Empty when they do not lead on from it, one by one. */
    private Optional<TableSnapshot> continued(TableSnapshot known, SortedMap<Long, Instant> newer) throws IOException {
        long last = newer.lastKey();
        if (last - known.version() != newer.size()) return Optional.empty();
        List<TableCommit> commits = changes(known.version() + 1, last);
        Optional<FileIndex> files = Optional.of(known.files());
        for (TableCommit commit : commits) files = files.flatMap(index -> index.after(commit));
        if (files.isEmpty()) return Optional.empty();
        Instant storedAt = java.util.Objects.requireNonNull(newer.get(last));
        if (commits.stream().noneMatch(DeltaLog::changesTheTable))
            return Optional.of(new TableSnapshot(last, storedAt, known.protocol(), known.metadata(), files.get()));
        // As kernel spells them, so that they are told the same whichever way they were read.
        KernelTable loading = new KernelTable(new LogReadAhead(store));
        Snapshot now = loading.at(last);
        return Optional.of(
                new TableSnapshot(last, storedAt, loading.protocol(now), loading.metadata(now), files.get()));
    }

    private static boolean changesTheTable(TableCommit commit) {
        return commit.actions().stream().anyMatch(action -> action.has("protocol") || action.has("metaData"));
    }

    private TableCommit commit(long version, CompletableFuture<byte[]> read) throws IOException {
        try {
            String name = store.root() + "/" + LogNames.commit(version);
            return new TableCommit(version, LogJson.read(name, ParallelReads.await(read)));
        } catch (ObjectNotFoundException e) {
            throw Failure.invalid(
                    "Version %d of the table at %s is not in its log: it is yet to come, or the log was cleaned up. "
                            + "Ask for versions the log still holds, or read the table as a whole.",
                    version, store.root());
        }
    }

    /** A version to list from when none is known, so that a long log is not listed from its first commit. */
    private long lastCheckpoint() throws IOException {
        try (InputStream in = store.read(LogNames.LAST_CHECKPOINT, ByteRange.ALL)) {
            return LogJson.MAPPER.readTree(in).path("version").asLong(-1);
        } catch (ObjectNotFoundException e) {
            return -1;
        }
    }
}
