package io.sluice.sharing.query;

import io.sluice.sharing.wire.LineWriter;
import java.io.IOException;

/** The lines of a page, made while they are written, and how far that came. */
interface ListedLines {
    boolean hasNext();

    /** One line, or some. */
    void writeNext(LineWriter out) throws IOException;

    /** How many places of the listing lie behind. */
    long listed();

    /** Once all is written: whether another page follows. */
    boolean isFollowed();

    long files();

    /** That the files have. */
    long bytes();
}
