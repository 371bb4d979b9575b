package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.wire.FileAction;
import io.sluice.sharing.wire.FileIdHash;
import io.sluice.sharing.wire.NdjsonAnswer;
import io.sluice.sharing.wire.TableLines;
import io.sluice.sharing.wire.TableLines.SignedFile;
import io.sluice.sharing.wire.TableLines.SignedPath;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns files into lines with URLs, ends with a last line if one is wanted, and knows how far it came. */
final class FileLines implements NdjsonAnswer.Lines {
    /** File lines carry minima and maxima, so they too must stop soon after a revocation. */
    private static final int LINES_PER_KEY_CHECK = 256;

    private final Iterator<ListedAction> files;
    private final FileUrls.Batch batch;
    private final TableLines format;
    private final FileIdHash ids;
    private @Nullable Supplier<ObjectNode> last;
    private long lines;
    private long bytes;

    /** @param last made once all files are through */
    FileLines(
            Iterator<ListedAction> files,
            FileUrls.Batch batch,
            TableLines format,
            FileIdHash ids,
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
    public void writeNext(JsonGenerator out) throws IOException {
        if (files.hasNext()) {
            write(files.next(), out);
            return;
        }
        Supplier<ObjectNode> line = last;
        if (line == null) throw new NoSuchElementException();
        last = null;
        out.writeTree(line.get());
    }

    private void write(ListedAction listed, JsonGenerator out) throws IOException {
        if (listed instanceof ListedAction.OfTable table) {
            out.writeTree(table.line());
            return;
        }
        ListedAction.OfFile file = (ListedAction.OfFile) listed;
        if (lines % LINES_PER_KEY_CHECK == 0) batch.requireKeys();
        format.writeFile(out, signed(file), ids);
        lines++;
        bytes += file.action().size();
    }

    private SignedFile signed(ListedAction.OfFile file) {
        FileAction action = file.action();
        String path = action.path();
        return new SignedFile(
                file.kind(),
                action,
                new SignedPath(path, batch.url(path, action.size())),
                action.vectorPath().map(vector -> new SignedPath(vector, batch.vectorUrl(vector))),
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
