package io.sluice.lake.iceberg;

import io.sluice.lake.store.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Of a table whose catalog says which metadata is current; until it says so, the table's folder does. */
final class ToldMetadata implements CurrentMetadata {
    private final TableFolder folder;
    private final Supplier<Optional<String>> location;
    private final CurrentMetadata otherwise;

    ToldMetadata(ObjectStore store, Supplier<Optional<String>> location) {
        this.folder = new TableFolder(store);
        this.location = location;
        this.otherwise = new NumberedMetadata(store);
    }

    @Override
    public MetadataFile find(Optional<MetadataFile> known) throws IOException {
        Optional<String> told = location.get();
        // Catalogs name each file anew, so that the name is enough to tell it.
        if (told.isPresent()) return new MetadataFile(folder.key(told.get()), Instant.EPOCH);
        return otherwise.find(
                known.filter(file -> NumberedMetadata.number(file.key()).isPresent()));
    }
}
