package io.sluice.client;

import java.io.IOException;
import java.util.Optional;

/**
 * The files of a table at one version, read from the server page after page. Not for several threads. To be closed.
 */
public final class QueryAnswer implements AutoCloseable {
    private final FilePages pages;

    QueryAnswer(FilePages pages) {
        this.pages = pages;
    }

    public TableMetadata metadata() {
        return pages.metadata();
    }

    public long version() {
        return metadata().version();
    }

    /**
     * The next file; empty at the end. Throws when the server broke the answer off, or promised a last line and did
     * not send it: the files so far then are not the whole table.
     */
    public Optional<RemoteFile> next() throws IOException {
        return pages.next().map(FileLine::file);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
