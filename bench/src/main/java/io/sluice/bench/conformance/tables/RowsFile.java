package io.sluice.bench.conformance.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.bench.figure.Scratch;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Parquet file of rows, with the {@code add} action that describes it, for tables whose log is written by hand. */
final class RowsFile {
    private RowsFile() {}

    /** @param name the file's, below {@code folder}; it is what the action's path says */
    static ObjectNode write(Path folder, String name, TableSchema schema, List<TableRow> rows) throws IOException {
        // A table of its own in a folder of its own writes the file and counts its rows; only these are kept.
        try (Scratch scratch = Scratch.make()) {
            TableAuthor author = TableAuthor.at(LocalObjectStore.at(scratch.folder()));
            author.create(schema, List.of(), Map.of());
            author.append(rows);
            ObjectNode add = add(scratch.folder());
            Path target = folder.resolve(name);
            Files.createDirectories(target.getParent());
            Files.move(scratch.folder().resolve(add.path("path").asText()), target);
            return add.put("path", name);
        }
    }

    private static ObjectNode add(Path table) throws IOException {
        String commit = "_delta_log/00000000000000000001.json";
        for (ObjectNode action : LogJson.read(commit, Files.readAllBytes(table.resolve(commit))))
            if (action.get("add") instanceof ObjectNode add) return add;
        throw new IOException("the commit of the rows adds no file");
    }
}
