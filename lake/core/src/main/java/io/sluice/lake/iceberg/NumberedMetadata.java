package io.sluice.lake.iceberg;

import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of a table that no catalog keeps: a commit is the file with the next number, and the highest one is current. What
 * writers leave in {@code version-hint.text} may be late, and is not asked.
 */
final class NumberedMetadata implements CurrentMetadata {
    static final String FOLDER = "metadata/";

    /** Compressed files have been named in two ways. */
    private static final Pattern NUMBERED =
            Pattern.compile(FOLDER + "v(\\d{1,9})(?:\\.gz)?\\.metadata\\.json(?:\\.gz)?");

    /** The metadata of tables whose catalog knows which is current. */
    private static final Pattern NAMED = Pattern.compile(FOLDER + "\\d+-[^/]*\\.metadata\\.json(?:\\.gz)?");

    private static final long LIST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ObjectStore store;
    private volatile long lastListNanos = System.nanoTime() - LIST_EVERY_NANOS;

    NumberedMetadata(ObjectStore store) {
        this.store = store;
    }

    static String key(long number) {
        return FOLDER + "v" + number + ".metadata.json";
    }

    static OptionalLong number(String key) {
        Matcher matcher = NUMBERED.matcher(key);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    @Override
    public MetadataFile find(Optional<MetadataFile> known) throws IOException {
        try {
            // To ask for the next file is short, however long the history. Only a list tells whether the table was
            // replaced by another one, so that is asked for from time to time.
            boolean isListDue = System.nanoTime() - lastListNanos >= LIST_EVERY_NANOS;
            if (known.isPresent() && !isListDue) return followed(known.get());
            lastListNanos = System.nanoTime();
            return highest("v").orElseThrow(this::none);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private MetadataFile followed(MetadataFile known) throws IOException {
        MetadataFile last = known;
        for (; ; ) {
            long next = number(last.key()).orElseThrow() + 1;
            Optional<MetadataFile> found = highest("v" + next + ".");
            if (found.isEmpty()) return last;
            last = found.get();
        }
    }

    private Optional<MetadataFile> highest(String prefix) throws IOException {
        Optional<MetadataFile> highest = Optional.empty();
        long most = -1;
        for (Iterator<ObjectInfo> keys = store.list(FOLDER + prefix, ""); keys.hasNext(); ) {
            ObjectInfo found = keys.next();
            long number = number(found.key()).orElse(-1);
            if (number <= most) continue;
            most = number;
            highest = Optional.of(new MetadataFile(found.key(), found.modified()));
        }
        return highest;
    }

    private Failure none() {
        try {
            for (Iterator<ObjectInfo> keys = store.list(FOLDER, ""); keys.hasNext(); )
                if (NAMED.matcher(keys.next().key()).matches())
                    return Failure.unsupported(
                            "The Iceberg table at %s belongs to a catalog, which alone knows which of its metadata is "
                                    + "current. Tell it as the table's property %s.",
                            store.root(), IcebergLog.METADATA_LOCATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Failure.notFound(
                Failure.Subject.TABLE,
                "There is no Iceberg table at %s: its folder metadata holds none. Check the table's location.",
                store.root());
    }
}
