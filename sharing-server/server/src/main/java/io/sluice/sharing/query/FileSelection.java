package io.sluice.sharing.query;

import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.wire.QueryRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a table that an answer needs: predicates first, then the limit. Only rows that are known to match count
 * towards the limit, so a hint that was not understood never makes an answer too short.
 */
final class FileSelection implements Iterator<ListedAction> {
    private final Iterator<DataFile> files;
    private final List<FilePredicate> predicates;
    private final boolean countsRows;
    private long rowsWanted;
    private @Nullable DataFile next;

    private FileSelection(TableSnapshot snapshot, QueryRequest request) {
        this.files = snapshot.files().iterator();
        this.predicates = predicates(snapshot, request);
        this.countsRows = request.limitHint().isPresent();
        this.rowsWanted = request.limitHint().orElse(Long.MAX_VALUE);
        this.next = advance();
    }

    static Iterator<ListedAction> of(TableSnapshot snapshot, QueryRequest request) {
        return new FileSelection(snapshot, request);
    }

    private static List<FilePredicate> predicates(TableSnapshot snapshot, QueryRequest request) {
        List<FilePredicate> predicates = new ArrayList<>();
        request.jsonPredicateHints().map(FilePredicate::parse).ifPresent(predicates::add);
        if (request.predicateHints().isEmpty()) return predicates;
        SqlHint sql = new SqlHint(snapshot);
        for (String hint : request.predicateHints()) predicates.add(sql.parse(hint));
        return predicates;
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
            FileFacts facts = new FileFacts(file.add());
            Outcomes outcomes = Outcomes.TRUE;
            for (FilePredicate predicate : predicates) outcomes = outcomes.and(predicate.test(facts));
            if (!outcomes.mayBeTrue()) continue;
            if (countsRows && outcomes.isTrueForAll()) rowsWanted -= facts.rows();
            return file;
        }
        return null;
    }
}
