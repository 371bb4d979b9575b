package io.sluice.sharing.query;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.wire.QueryRequest;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a table that an answer needs: predicates first, then the limit. Only rows that are known to match count
 * towards the limit, so a hint that was not understood never makes an answer too short.
 */
final class FileSelection implements Iterator<ListedAction> {
    private final Iterator<DataFile> files;
    private final Optional<PartitionPredicate> predicate;
    private final boolean countsRows;
    private long rowsWanted;
    private @Nullable DataFile next;

    private FileSelection(List<DataFile> files, QueryRequest request) {
        this.files = files.iterator();
        this.predicate = request.jsonPredicateHints().map(PartitionPredicate::parse);
        this.countsRows = request.limitHint().isPresent() && !request.hasPredicateHints();
        this.rowsWanted = request.limitHint().orElse(Long.MAX_VALUE);
        this.next = advance();
    }

    static Iterator<ListedAction> of(List<DataFile> files, QueryRequest request) {
        return new FileSelection(files, request);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ListedAction next() {
        DataFile found = next;
        if (found == null) throw new NoSuchElementException();
        next = advance();
        return ListedAction.OfFile.of(found);
    }

    private @Nullable DataFile advance() {
        while (files.hasNext() && !(countsRows && rowsWanted <= 0)) {
            DataFile file = files.next();
            Truth truth =
                    predicate.map(test -> test.test(partitionValues(file))).orElse(Truth.TRUE);
            if (truth == Truth.FALSE) continue;
            if (countsRows && truth == Truth.TRUE) rowsWanted -= rows(file);
            return file;
        }
        return null;
    }

    private static ObjectNode partitionValues(DataFile file) {
        return file.add().get("partitionValues") instanceof ObjectNode values ? values : Json.object();
    }

    /** Without those that are deleted; 0 when the file's statistics do not tell. */
    private static long rows(DataFile file) {
        try {
            long stored = Json.MAPPER
                    .readTree(file.add().path("stats").asText("{}"))
                    .path("numRecords")
                    .asLong(0);
            return Math.max(
                    0,
                    stored
                            - file.add()
                                    .path("deletionVector")
                                    .path("cardinality")
                                    .asLong(0));
        } catch (JacksonException e) {
            return 0;
        }
    }
}
