package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.CommitOutcome.Exists;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes a table whose versions a catalog gives out. A commit is staged beside the log, is a version once the catalog
 * says so, and is found by readers who do not ask the catalog once it is published. Plain types, no partitions.
 */
public final class ManagedTableAuthor {
    private static final String STAGED = LogNames.FOLDER + "_staged_commits/";

    private final ObjectStore store;
    private final TableSchema schema;
    private final Clock clock;
    private final AuthorActions actions;

    private ManagedTableAuthor(ObjectStore store, TableSchema schema, Clock clock) {
        this.store = store;
        this.schema = schema;
        this.clock = clock;
        this.actions = new AuthorActions(clock);
    }

    /** Writes the table whose folder is the root of {@code store}. */
    public static ManagedTableAuthor at(ObjectStore store, TableSchema schema, Clock clock) {
        return new ManagedTableAuthor(store, schema, clock);
    }

    /** The features that readers and writers of the table must know. Every one of readers is one of writers, too. */
    public record Features(List<String> ofReaders, List<String> ofWriters) {
        public Features {
            ofReaders = List.copyOf(ofReaders);
            ofWriters = List.copyOf(ofWriters);
        }
    }

    /** A commit that is not a version yet: its file's name, and what the catalog wants to know of the file. */
    public record Staged(long version, long timestampMillis, String fileName, long size, long modifiedMillis) {}

    /**
     * Writes version 0, an empty table, which the catalog is to be told of next.
     *
     * @return its timestamp
     */
    public long create(Features features, Map<String, String> properties) throws IOException {
        long timestamp = timestamp(0);
        List<ObjectNode> lines = List.of(
                commitInfo("CREATE TABLE", 0, timestamp),
                protocol(features),
                actions.metadata(KernelTypes.toKernel(schema).toJson(), List.of(), properties));
        if (DeltaLogWriter.at(store).commit(0, lines) instanceof Exists)
            throw Failure.alreadyExists(
                    Failure.Subject.TABLE,
                    "There is a Delta table at %s already. Ask the catalog for another place.",
                    store.root());
        return timestamp;
    }

    /** Writes the rows, and a commit that adds them as the given version if the catalog agrees. */
    public Staged stage(long version, List<TableRow> rows) throws IOException {
        long timestamp = timestamp(version);
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(commitInfo("WRITE", version, timestamp));
        RowChecks checks = new RowChecks(schema);
        new ParquetFiles(store, new StoreEngine(store))
                .write(
                        "",
                        KernelTypes.toKernel(schema),
                        rows.stream().map(row -> checks.physical(row.values())).toList())
                .forEach(file -> lines.add(actions.add(file, Map.of())));
        byte[] commit = LogJson.write(lines);
        // Named anew at each attempt: a commit that lost its race is never taken for the one that won.
        String name = "%020d.%s.json".formatted(version, UUID.randomUUID());
        store.put(STAGED + name, Content.of(commit));
        return new Staged(version, timestamp, name, commit.length, clock.millis());
    }

    /** Puts a commit that the catalog made a version into the log. Doing it again changes nothing. */
    public void publish(long version, String fileName) throws IOException {
        try (InputStream in = store.read(STAGED + fileName, ByteRange.ALL)) {
            store.putIfAbsent(LogNames.commit(version), Content.of(in.readAllBytes()));
        }
    }

    /** Timestamps in commits must grow from version to version, also within one millisecond. */
    private long timestamp(long version) {
        return clock.millis() + version;
    }

    private ObjectNode commitInfo(String operation, long version, long timestamp) {
        ObjectNode line = actions.commitInfo(operation, version - 1, true);
        ((ObjectNode) line.get("commitInfo")).put("inCommitTimestamp", timestamp);
        return line;
    }

    private static ObjectNode protocol(Features features) {
        ObjectNode line = LogJson.MAPPER.createObjectNode();
        ObjectNode protocol =
                line.putObject("protocol").put("minReaderVersion", 3).put("minWriterVersion", 7);
        ArrayNode readers = protocol.putArray("readerFeatures");
        features.ofReaders().forEach(readers::add);
        ArrayNode writers = protocol.putArray("writerFeatures");
        features.ofWriters().forEach(writers::add);
        return line;
    }
}
