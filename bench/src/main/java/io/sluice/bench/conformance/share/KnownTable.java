package io.sluice.bench.conformance.share;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table that {@code --write-tables} makes. Where one of this name is shared, its contents are taken for known.
 * Requires of its owner: shared under this name, whole, with all of its history.
 */
public enum KnownTable {
    PLAIN("Ten more rows in each of three versions.", 3, true, 0, 10, 20, 30),
    PARTITIONED("Five rows in each of the regions eu, us and NULL.", 3, true, 0, 15),
    DELETED_ROWS("Twice ten rows, of which five are hidden by a deletion vector.", 2, true, 0, 10, 20, 15),
    CHANGES("A change data feed: twice ten rows, ten of them updated, then five deleted.", 2, true, 0, 10, 20, 20, 15),
    MAPPED_COLUMNS("Ten rows in columns mapped by name.", 1, true, 0, 10),
    UNICODE("Twice three rows in partitions that are hard to write into a URL.", 3, true, 0, 6),
    OUTSIDE_ROOT("Twice ten rows, the second half in a file outside of the table's folder.", 2, true, 0, 10, 20),
    MANY_COMMITS("50,000 files in 50 commits without a checkpoint; the files are named only.", 50_000, false),
    MANY_CHECKPOINTED("The same with a checkpoint at version 40.", 50_000, false);

    /** Of the tables with many files. */
    public static final int MANY_VERSIONS = 50;

    /** The column by which the table of unicode is partitioned, and the values in it. */
    public static final String CITY = "größte Stadt";

    public static final List<String> CITIES = List.of("Zürich & Genève", "東京 50% a+b", "São Paulo=1");

    private final String contents;
    private final long files;
    private final boolean isReadable;
    private final long[] rowsByVersion;

    KnownTable(String contents, long files, boolean isReadable, long... rowsByVersion) {
        this.contents = contents;
        this.files = files;
        this.isReadable = isReadable;
        this.rowsByVersion = rowsByVersion;
    }

    static Optional<KnownTable> named(String table) {
        return Arrays.stream(values())
                .filter(known -> known.tableName().equalsIgnoreCase(table))
                .findFirst();
    }

    /** Under which it has to be shared, in any schema. */
    public String tableName() {
        return "conformance_" + name().toLowerCase(Locale.ROOT);
    }

    public String contents() {
        return contents;
    }

    public long files() {
        return files;
    }

    /** Whether its files are there, or only named in the log. */
    public boolean isReadable() {
        return isReadable;
    }

    public long version() {
        return isReadable ? rowsByVersion.length - 1 : MANY_VERSIONS;
    }

    /** Requires a table that is readable. */
    public long rows() {
        return rowsByVersion[rowsByVersion.length - 1];
    }

    /** Requires a table that is readable. */
    public long rowsAt(int version) {
        return rowsByVersion[version];
    }
}
