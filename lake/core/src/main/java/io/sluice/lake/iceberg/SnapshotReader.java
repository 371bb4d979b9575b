package io.sluice.lake.iceberg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.FileIndex;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;

/** Reads a table at one of its versions. For one thread. */
final class SnapshotReader {
    /** Manifests that are fetched while another one is read. */
    private static final int READ_AHEAD = 8;

    private final ObjectStore store;
    private final StoreIO io;
    private final TableLine line;
    private final long version;
    private final List<ManifestFile> manifests;
    private final TableWords words;

    private SnapshotReader(ObjectStore store, TableLine line, long version) {
        this.store = store;
        this.io = new StoreIO(store);
        this.line = line;
        this.version = version;
        Optional<Snapshot> snapshot = line.at(version);
        snapshot.ifPresent(this::requireReadable);
        this.manifests = snapshot.map(known -> known.dataManifests(io)).orElse(List.of()).stream()
                .filter(SnapshotReader::hasFiles)
                .toList();
        this.words = new TableWords(store, line.metadata(), schema(snapshot), manifests);
    }

    /** Reads the list of its manifests. Requires: the line holds the version. */
    static SnapshotReader at(ObjectStore store, TableLine line, long version) throws IOException {
        return IcebergFailures.translating(store, () -> new SnapshotReader(store, line, version));
    }

    TableSnapshot read() throws IOException {
        return IcebergFailures.translating(store, () -> table(files()));
    }

    /** With the files of a version before this one. Empty where the two do not lead on from each other. */
    Optional<TableSnapshot> following(TableSnapshot known) throws IOException {
        Optional<FileIndex> files = Optional.of(known.files());
        for (long next :
                line.snapshots().subMap(known.version(), false, version, true).keySet()) {
            SnapshotReader reader = next == version ? this : at(store, line, next);
            if (!reader.words.areThoseOf(known)) return Optional.empty();
            TableCommit commit = reader.commit();
            files = files.flatMap(index -> index.after(commit));
        }
        return files.map(this::table);
    }

    /** What the version changed; nothing, if it has no snapshot of its own. */
    TableCommit commit() throws IOException {
        return IcebergFailures.translating(store, () -> {
            Snapshot own = line.snapshots().get(version);
            return own == null ? new TableCommit(version, List.of()) : commit(own);
        });
    }

    private TableCommit commit(Snapshot snapshot) {
        SnapshotChanges changes = SnapshotChanges.builderFor(new BaseTable(
                        new StaticTableOperations(line.metadata(), io),
                        store.root().toString()))
                .snapshot(snapshot)
                .build();
        if (changes.addedDeleteFiles().iterator().hasNext()) throw deletesRows(snapshot);
        boolean isDataChange = !DataOperations.REPLACE.equals(snapshot.operation());
        List<ObjectNode> actions = new ArrayList<>();
        if (changesSchema(snapshot)) actions.add(action("metaData", words.metadata()));
        for (DataFile file : changes.removedDataFiles())
            actions.add(action("remove", words.removed(file, snapshot.timestampMillis(), isDataChange)));
        for (DataFile file : changes.addedDataFiles())
            actions.add(action("add", words.added(file, snapshot.timestampMillis(), isDataChange)));
        return new TableCommit(snapshot.sequenceNumber(), actions);
    }

    private FileIndex files() throws IOException {
        FileIndex.Builder files = new FileIndex.Builder();
        Iterator<String> ahead = manifests.stream().map(ManifestFile::path).iterator();
        for (ManifestFile manifest : manifests) {
            io.readAhead(ahead, READ_AHEAD);
            int found = 0;
            try (var entries = ManifestFiles.read(manifest, io, line.metadata().specsById())) {
                for (DataFile file : entries) {
                    files.add(words.added(file, line.addedMillis(file.fileSequenceNumber()), true));
                    found++;
                }
            }
            requireWhole(manifest, found);
        }
        return files.build();
    }

    /** A byte is enough to turn a file into a removed one: the list that names the manifest knows how many there are. */
    private static void requireWhole(ManifestFile manifest, int found) {
        Integer added = manifest.addedFilesCount();
        Integer existing = manifest.existingFilesCount();
        if (added != null && existing != null && added + existing != found)
            throw new ValidationException(
                    "A manifest tells of %s files where its list tells of %s.", found, added + existing);
    }

    private TableSnapshot table(FileIndex files) {
        return new TableSnapshot(version, line.timeOf(version), words.protocol(), words.metadata(), files);
    }

    private Schema schema(Optional<Snapshot> snapshot) {
        TableMetadata metadata = line.metadata();
        return snapshot.flatMap(known -> Optional.ofNullable(known.schemaId()))
                .flatMap(id -> Optional.ofNullable(metadata.schemasById().get(id)))
                .orElseGet(metadata::schema);
    }

    private boolean changesSchema(Snapshot snapshot) {
        Long parent = snapshot.parentId();
        Snapshot before = parent == null ? null : line.metadata().snapshot(parent);
        return before != null && !Objects.equals(before.schemaId(), snapshot.schemaId());
    }

    private void requireReadable(Snapshot snapshot) {
        if (line.metadata().formatVersion() < 2)
            throw Failure.unsupported(
                    "The Iceberg table at %s has the format version 1, whose snapshots have no order of their own. "
                            + "Upgrade it: set its property format-version to 2.",
                    store.root());
        if (snapshot.deleteManifests(io).stream().anyMatch(SnapshotReader::hasFiles)) throw deletesRows(snapshot);
    }

    private Failure deletesRows(Snapshot snapshot) {
        return Failure.unsupported(
                "Version %d of the Iceberg table at %s deletes single rows of its files, which is not served. Rewrite "
                        + "its data files, and read the version after that.",
                snapshot.sequenceNumber(), store.root());
    }

    private static boolean hasFiles(ManifestFile manifest) {
        return manifest.hasAddedFiles() || manifest.hasExistingFiles();
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode action = LogJson.MAPPER.createObjectNode();
        action.set(name, body);
        return action;
    }
}
