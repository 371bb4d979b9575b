package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.wire.Capabilities.FileIds;
import io.sluice.sharing.wire.ParquetLines;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns files into lines with URLs, ends with a last line if one is wanted, and knows how far it came. */
final class FileLines implements Iterator<ObjectNode> {
    /** File lines carry minima and maxima, so they too must stop soon after a revocation. */
    private static final int LINES_PER_KEY_CHECK = 256;

    private final Iterator<DataFile> files;
    private final FileUrls.Batch batch;
    private final FileIds ids;
    private @Nullable ObjectNode last;
    private long lines;
    private long bytes;

    FileLines(Iterator<DataFile> files, FileUrls.Batch batch, FileIds ids, Optional<ObjectNode> last) {
        this.files = files;
        this.batch = batch;
        this.ids = ids;
        this.last = last.orElse(null);
    }

    @Override
    public boolean hasNext() {
        return files.hasNext() || last != null;
    }

    @Override
    public ObjectNode next() {
        if (files.hasNext()) return line();
        ObjectNode line = last;
        if (line == null) throw new NoSuchElementException();
        last = null;
        return line;
    }

    private ObjectNode line() {
        if (lines % LINES_PER_KEY_CHECK == 0) batch.requireKeys();
        DataFile file = files.next();
        ObjectNode line = ParquetLines.file(file, batch.url(file.path(), file.size()), batch.expiresAt(), ids);
        lines++;
        bytes += file.size();
        return line;
    }

    DeliveryLog.Listed listed(long version, boolean isWhole) {
        FileUrls.Origin origin = batch.origin();
        return new DeliveryLog.Listed(
                origin.recipient(),
                origin.share(),
                origin.table().tableId(),
                origin.table().location(),
                version,
                lines,
                bytes,
                isWhole);
    }
}
