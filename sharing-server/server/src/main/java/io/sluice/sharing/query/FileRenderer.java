package io.sluice.sharing.query;

import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.wire.Capabilities.FileIds;
import io.sluice.sharing.wire.FileAction;
import io.sluice.sharing.wire.FileIdHash;
import io.sluice.sharing.wire.LineWriter;
import io.sluice.sharing.wire.ResponseFormat;
import io.sluice.sharing.wire.TableLines;
import io.sluice.sharing.wire.TableLines.SignedFile;
import io.sluice.sharing.wire.TableLines.SignedPath;
import java.io.IOException;

/** Turns files into lines with URLs. For one answer. */
final class FileRenderer {
    /** File lines carry minima and maxima, so they too must stop soon after a revocation. */
    private static final int LINES_PER_KEY_CHECK = 256;

    private final FileUrls.Batch batch;
    private final ResponseFormat format;
    private final FileIds scheme;
    private final TableLines lines;
    private final FileIdHash ids;
    private long written;

    FileRenderer(FileUrls.Batch batch, ResponseFormat format, FileIds scheme) {
        this.batch = batch;
        this.format = format;
        this.scheme = scheme;
        this.lines = TableLines.in(format);
        this.ids = new FileIdHash(scheme);
    }

    void write(ListedAction.OfFile file, LineWriter out) throws IOException {
        if (written++ % LINES_PER_KEY_CHECK == 0) batch.requireKeys();
        lines.writeFile(out.json(), signed(file), ids);
        out.endLine();
    }

    /**
     * What equal lines have in common beside their files: whoever asks, as long as their URLs are anybody's.
     *
     * @param expiresAtMillis tells the window of time that the URLs are of
     */
    record Style(StoredTable table, ResponseFormat format, FileIds ids, long expiresAtMillis) {}

    boolean isForAnybody() {
        return batch.isPresigned();
    }

    Style style() {
        return new Style(
                batch.origin().table(), format, scheme, batch.expiresAt().toEpochMilli());
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
}
