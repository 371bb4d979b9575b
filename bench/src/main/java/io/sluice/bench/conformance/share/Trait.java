package io.sluice.bench.conformance.share;

/** What can be seen of a table from outside, and what checks need tables for. */
public enum Trait {
    PLAIN("readable by every client"),
    FILLED("with a file in it"),
    SEVERAL_FILES("with two files or more"),
    MANY_FILES("with 1,000 files or more"),
    PARTITIONED("with partitions"),
    NULL_PARTITION("with a file whose partition is NULL"),
    HISTORY("whose old versions are shared"),
    SEVERAL_VERSIONS("with two shared versions or more"),
    CHANGES("whose change data feed is shared"),
    DELETION_VECTORS("with deletion vectors"),
    COLUMN_MAPPING("with mapped columns"),
    DIRECTORY("that is offered as a directory (accessModes has dir)");

    private final String words;

    Trait(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
