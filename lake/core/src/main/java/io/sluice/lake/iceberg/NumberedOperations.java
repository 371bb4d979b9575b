package io.sluice.lake.iceberg;

import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** Commits by numbered metadata: whoever writes the next number first has committed. */
final class NumberedOperations implements TableOperations {
    private static final String HINT = NumberedMetadata.FOLDER + "version-hint.text";

    private final ObjectStore store;
    private final StoreIO io;
    private @Nullable TableMetadata current;
    private long number;

    NumberedOperations(ObjectStore store) {
        this.store = store;
        this.io = new StoreIO(store);
    }

    /** Requires: the table exists. */
    @Override
    public TableMetadata current() {
        TableMetadata known = current;
        return known != null ? known : refresh();
    }

    @Override
    public TableMetadata refresh() {
        try {
            String key = new NumberedMetadata(store).find(Optional.empty()).key();
            TableMetadata found = TableMetadataParser.read(io, location(key));
            number = NumberedMetadata.number(key).orElseThrow();
            current = found;
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void commit(@Nullable TableMetadata base, TableMetadata next) {
        if (base != current) throw new CommitFailedException("The table was refreshed meanwhile");
        Content json = Content.of(TableMetadataParser.toJson(next).getBytes(StandardCharsets.UTF_8));
        try {
            if (store.putIfAbsent(NumberedMetadata.key(number + 1), json) == PutOutcome.EXISTS)
                throw new CommitFailedException("Version %d was committed by another writer", number + 1);
        } catch (IOException e) {
            // It may have come to stand there all the same; its files must stay.
            throw new CommitStateUnknownException(e);
        }
        current = null;
        hint(number + 1);
    }

    /** For readers that do not list. It may be late, or missing: the commit counts. */
    private void hint(long committed) {
        try {
            store.put(HINT, Content.of(Long.toString(committed).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            System.getLogger(NumberedOperations.class.getName())
                    .log(System.Logger.Level.WARNING, "no version hint at " + store.root(), e);
        }
    }

    @Override
    public FileIO io() {
        return io;
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return location(NumberedMetadata.FOLDER + fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return LocationProviders.locationsFor(io.folder().location(), current().properties());
    }

    private String location(String key) {
        return io.folder().location() + "/" + key;
    }
}
