package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.Snapshot;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The log of a Delta table, read by kernel; commits are handed out exactly as they are stored. */
public final class DeltaLog implements TableLog {
    private final ObjectStore store;
    private final KernelTable table;

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
        long latest = newestListed(start);
        if (latest < 0) throw KernelFailures.noTable(store);
        return latest;
    }

    @Override
    public TableSnapshot snapshot() throws IOException {
        return describe(table.latest());
    }

    @Override
    public TableSnapshot snapshot(long version) throws IOException {
        return describe(table.at(version));
    }

    @Override
    public List<TableCommit> changes(long from, long to) throws IOException {
        List<TableCommit> commits = new ArrayList<>();
        for (long version = from; version <= to; version++) commits.add(commit(version));
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
                if (version.isPresent()) times.put(version.getAsLong(), found.modified());
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

    private TableSnapshot describe(Snapshot snapshot) throws IOException {
        return new TableSnapshot(
                snapshot.getVersion(),
                Instant.ofEpochMilli(table.timestampMillis(snapshot)),
                table.protocol(snapshot),
                table.metadata(snapshot),
                table.files(snapshot));
    }

    private TableCommit commit(long version) throws IOException {
        String key = LogNames.commit(version);
        try (InputStream in = store.read(key, ByteRange.ALL)) {
            List<ObjectNode> actions = LogJson.read(store.root() + "/" + key, in.readAllBytes());
            return new TableCommit(version, actions);
        } catch (ObjectNotFoundException e) {
            throw Failure.invalid(
                    "Version %d of the table at %s is not in its log: it is yet to come, or the log was cleaned up. "
                            + "Ask for versions the log still holds, or read the table as a whole.",
                    version, store.root());
        }
    }

    /** The newest commit after {@code known}, or {@code known} itself. */
    private long newestListed(long known) throws IOException {
        long newest = known;
        try {
            String after = known >= 0 ? LogNames.commit(known) : "";
            for (Iterator<ObjectInfo> keys = store.list(LogNames.FOLDER, after); keys.hasNext(); ) {
                String key = keys.next().key();
                if (LogNames.isBehindCommits(key)) break;
                OptionalLong version = LogNames.commitVersion(key);
                if (version.isPresent()) newest = version.getAsLong();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return newest;
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
