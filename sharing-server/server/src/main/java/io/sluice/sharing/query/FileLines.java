package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.VectorFiles;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.wire.Capabilities.FileIds;
import io.sluice.sharing.wire.TableLines;
import io.sluice.sharing.wire.TableLines.SignedFile;
import io.sluice.sharing.wire.TableLines.SignedPath;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns files into lines with URLs, ends with a last line if one is wanted, and knows how far it came. */
final class FileLines implements Iterator<ObjectNode> {
    /** File lines carry minima and maxima, so they too must stop soon after a revocation. */
    private static final int LINES_PER_KEY_CHECK = 256;

    private final Iterator<ListedAction> files;
    private final FileUrls.Batch batch;
    private final TableLines format;
    private final FileIds ids;
    private @Nullable Supplier<ObjectNode> last;
    private long lines;
    private long bytes;

    /** @param last made once all files are through */
    FileLines(
            Iterator<ListedAction> files,
            FileUrls.Batch batch,
            TableLines format,
            FileIds ids,
            Optional<Supplier<ObjectNode>> last) {
        this.files = files;
        this.batch = batch;
        this.format = format;
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
        Supplier<ObjectNode> line = last;
        if (line == null) throw new NoSuchElementException();
        last = null;
        return line.get();
    }

    private ObjectNode line() {
        if (lines % LINES_PER_KEY_CHECK == 0) batch.requireKeys();
        ListedAction listed = files.next();
        if (listed instanceof ListedAction.OfTable table) return table.line();
        ListedAction.OfFile file = (ListedAction.OfFile) listed;
        ObjectNode line = format.file(signed(file), ids);
        lines++;
        bytes += file.size();
        return line;
    }

    private SignedFile signed(ListedAction.OfFile file) {
        return new SignedFile(
                file.kind(),
                file.action(),
                new SignedPath(file.path(), batch.url(file.path(), file.size())),
                VectorFiles.of(file.action()).map(path -> new SignedPath(path, batch.vectorUrl(path))),
                file.commit(),
                batch.expiresAt());
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
