package io.sluice.bench.conformance.tables;

import io.sluice.bench.conformance.share.KnownTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder with one Delta table for each {@link KnownTable}, and a text that says how to share them. */
public final class TableWorld {
    public static final String README = "README.md";

    private static final int CHECKPOINT_AT = 40;

    private final Path folder;
    private final Optional<URI> servedAt;

    /** @param servedAt where the folder will lie for the server; where it is written if empty */
    public TableWorld(Path folder, Optional<URI> servedAt) {
        this.folder = folder;
        this.servedAt = servedAt;
    }

    public void write() throws IOException {
        write(List.of(KnownTable.values()));
    }

    void write(List<KnownTable> tables) throws IOException {
        Files.createDirectories(folder);
        for (KnownTable table : tables) {
            Path root = folder.resolve(table.tableName());
            if (Files.exists(root))
                throw new IOException("There is a " + root + " already. Give a folder without these tables.");
            write(table, root);
        }
        Files.writeString(folder.resolve(README), readme());
    }

    private void write(KnownTable table, Path root) throws IOException {
        switch (table) {
            case PLAIN -> SimpleTables.plain(root);
            case PARTITIONED -> SimpleTables.partitioned(root);
            case DELETED_ROWS -> SimpleTables.deletedRows(root);
            case UNICODE -> SimpleTables.unicode(root);
            case CHANGES -> ChangesTable.write(root);
            case MAPPED_COLUMNS -> MappedTable.write(root);
            case OUTSIDE_ROOT -> OutsideTable.write(root, base());
            case MANY_COMMITS -> ManyFiles.write(root, Optional.empty());
            case MANY_CHECKPOINTED -> ManyFiles.write(root, Optional.of(CHECKPOINT_AT));
        }
    }

    private URI base() throws IOException {
        String base = servedAt.orElse(folder.toRealPath().toUri()).toString();
        return URI.create(base.endsWith("/") ? base : base + "/");
    }

    private String readme() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Tables for the conformance suite

                Share each folder as a table of the same name, in any schema of one share, with all of its history and
                its change data feed. What a server cannot share may be left out: the checks that need it are told as
                not applicable. Do not write to the tables: the checks know their rows and versions.

                | folder and name | version | files | what it holds |
                |---|---|---|---|
                """);
        for (KnownTable table : KnownTable.values())
            text.append("| %s | %d | %d | %s |%n"
                    .formatted(table.tableName(), table.version(), table.files(), table.contents()));
        return text.append("""

                %s is not a table: it holds a file that %s names by its full URI, which begins with
                %s
                Copy it along, and write the tables with --tables-at URI if they will lie elsewhere.

                A second share, of %s and %s without their history, lets the suite see that old versions are refused.
                """.formatted(
                                OutsideTable.FOLDER,
                                KnownTable.OUTSIDE_ROOT.tableName(),
                                base(),
                                KnownTable.PLAIN.tableName(),
                                KnownTable.PARTITIONED.tableName()))
                .toString();
    }
}
