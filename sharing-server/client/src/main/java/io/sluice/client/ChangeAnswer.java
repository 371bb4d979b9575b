package io.sluice.client;

import java.io.IOException;
import java.util.Optional;

/** The files that tell what changed in a table, oldest version first. Not for several threads. To be closed. */
public final class ChangeAnswer implements AutoCloseable {
    private final FilePages pages;

    ChangeAnswer(FilePages pages) {
        this.pages = pages;
    }

    public TableMetadata metadata() {
        return pages.metadata();
    }

    /** The next file; empty at the end. Throws as {@link QueryAnswer#next} does. */
    public Optional<ChangedFile> next() throws IOException {
        Optional<FileLine> line = pages.next();
        if (line.isPresent() && line.get().commit().isEmpty())
            throw SharingException.brokenProtocol("A changed file does not tell its version.");
        return line.map(ChangedFile::of);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
