package io.sluice.lake.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.TableMetadataParser;
import org.jspecify.annotations.Nullable;

/**
 * The history of an Iceberg table. Whole files are added and removed; a snapshot that deletes single rows is refused
 * until somebody has rewritten the files. See the package's description for what a version is.
 */
public final class IcebergLog implements TableLog {
    /** The property by which catalogs tell which metadata of a table is current. */
    public static final String METADATA_LOCATION = "metadata_location";

    private final ObjectStore store;
    private final CurrentMetadata current;
    private volatile @Nullable Known known;

    private record Known(MetadataFile file, TableLine line) {}

    private IcebergLog(ObjectStore store, CurrentMetadata current) {
        this.store = store;
        this.current = current;
    }

    /** The table whose folder is the root of {@code store}, and whose metadata is numbered. Asks nothing yet. */
    public static IcebergLog at(ObjectStore store) {
        return new IcebergLog(store, new NumberedMetadata(store));
    }

    /** @param metadataLocation what the table's catalog says, whenever it is asked; if nothing, the folder is looked at */
    public static IcebergLog at(ObjectStore store, Supplier<Optional<String>> metadataLocation) {
        return new IcebergLog(store, new ToldMetadata(store, metadataLocation));
    }

    @Override
    public long latestVersion(long knownVersion) throws IOException {
        return line().newest();
    }

    @Override
    public TableSnapshot snapshot() throws IOException {
        TableLine line = line();
        return reader(line, line.newest()).read();
    }

    @Override
    public TableSnapshot snapshot(long version) throws IOException {
        return reader(lineThatHolds(version), version).read();
    }

    @Override
    public TableSnapshot newest(TableSnapshot before) throws IOException {
        TableLine line = line();
        boolean isSameTable =
                before.metadata().path("id").asText().equals(line.metadata().uuid());
        boolean isContinued = isSameTable && line.snapshots().containsKey(before.version());
        if (isSameTable && before.version() == line.newest()) return before;
        SnapshotReader reader = reader(line, line.newest());
        Optional<TableSnapshot> next = isContinued ? reader.following(before) : Optional.empty();
        return next.isPresent() ? next.get() : reader.read();
    }

    @Override
    public List<TableCommit> changes(long from, long to) throws IOException {
        TableLine line = lineThatHolds(from);
        if (!line.holds(to)) throw notHeld(line, to);
        List<TableCommit> commits = new ArrayList<>();
        for (long version = from; version <= to; version++)
            commits.add(reader(line, version).commit());
        return commits;
    }

    @Override
    public SortedMap<Long, Instant> commitTimes(long from, long to) throws IOException {
        TableLine line = line();
        SortedMap<Long, Instant> times = new TreeMap<>();
        for (long version = Math.max(from, line.oldest()); version <= Math.min(to, line.newest()); version++)
            times.put(version, line.timeOf(version));
        return times;
    }

    @Override
    public long versionAt(Instant time) throws IOException {
        long found = -1;
        for (Map.Entry<Long, Instant> commit : commitTimes(0, Long.MAX_VALUE).entrySet())
            if (!commit.getValue().isAfter(time)) found = commit.getKey();
        if (found >= 0) return found;
        throw Failure.invalid(
                "The Iceberg table at %s has no snapshot from before %s. Ask for a later time.", store.root(), time);
    }

    @Override
    public long versionFrom(Instant time) throws IOException {
        for (Map.Entry<Long, Instant> commit : commitTimes(0, Long.MAX_VALUE).entrySet())
            if (!commit.getValue().isBefore(time)) return commit.getKey();
        throw Failure.invalid(
                "The Iceberg table at %s has no snapshot from %s on. Ask for an earlier time.", store.root(), time);
    }

    /** Iceberg's commits do not record such a thing. */
    @Override
    public Optional<Long> lastTransaction(String application) {
        return Optional.empty();
    }

    private TableLine lineThatHolds(long version) throws IOException {
        TableLine line = line();
        if (!line.holds(version)) throw notHeld(line, version);
        return line;
    }

    private Failure notHeld(TableLine line, long version) {
        return Failure.invalid(
                "Version %d of the Iceberg table at %s is not kept: its snapshots are those from %d to %d. Ask for one "
                        + "of them, or read the table as it is now.",
                version, store.root(), line.oldest(), line.newest());
    }

    private SnapshotReader reader(TableLine line, long version) throws IOException {
        return SnapshotReader.at(store, line, version);
    }

    /** Reads the current metadata, unless it is what was read last. */
    private TableLine line() throws IOException {
        Known before = known;
        MetadataFile file = current.find(Optional.ofNullable(before).map(Known::file));
        if (before != null && before.file().equals(file)) return before.line();
        byte[] bytes = new StoreIO(store).read(file.key());
        TableLine line = IcebergFailures.translating(
                store, () -> TableLine.of(TableMetadataParser.fromJson(file.key(), json(file.key(), bytes))));
        known = new Known(file, line);
        return line;
    }

    private static JsonNode json(String key, byte[] bytes) throws IOException {
        if (!key.contains(".gz")) return LogJson.MAPPER.readTree(bytes);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] whole = in.readNBytes((int) StoreIO.LARGEST_FILE_BYTES);
            if (in.read() >= 0) throw new IOException(key + " holds more than " + whole.length + " bytes");
            return LogJson.MAPPER.readTree(whole);
        }
    }
}
