package io.sluice.sharing.query;

import io.sluice.lake.table.IndexedFile;
import io.sluice.lake.table.PartitionValues;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.wire.QueryRequest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a table that an answer needs: predicates first, then the limit. Only rows that are known to match count
 * towards the limit, so a hint that was not understood never makes an answer too short.
 *
 * <p>Predicates are tested once for each partition, and for a file only where its partition does not decide.
 */
final class FileSelection implements Iterator<ListedAction> {
    private final Iterator<IndexedFile> files;
    private final List<FilePredicate> predicates;
    private final Map<PartitionValues, Partition> partitions = new IdentityHashMap<>();
    private final boolean countsRows;
    private long rowsWanted;
    private @Nullable IndexedFile next;

    private FileSelection(TableSnapshot snapshot, QueryRequest request) {
        this.files = snapshot.files().indexed();
        this.predicates = predicates(snapshot, request);
        this.countsRows = request.limitHint().isPresent();
        this.rowsWanted = request.limitHint().orElse(Long.MAX_VALUE);
        this.next = advance();
    }

    /** @param outcomes of the predicates, as far as the partition tells */
    private record Partition(FileFacts facts, Outcomes outcomes) {}

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
        IndexedFile found = next;
        if (found == null) throw new NoSuchElementException();
        next = advance();
        return ListedAction.OfFile.of(found);
    }

    private @Nullable IndexedFile advance() {
        while (files.hasNext() && !(countsRows && rowsWanted <= 0)) {
            IndexedFile file = files.next();
            if (predicates.isEmpty() && !countsRows) return file;
            Partition partition = partitions.computeIfAbsent(file.partitionValues(), this::judged);
            if (!partition.outcomes().mayBeTrue()) continue;
            FileFacts facts = partition.facts().in(file);
            Outcomes outcomes = partition.outcomes().isTrueForAll() ? Outcomes.TRUE : test(facts);
            if (!outcomes.mayBeTrue()) continue;
            if (countsRows && outcomes.isTrueForAll()) rowsWanted -= facts.rows();
            return file;
        }
        return null;
    }

    private Partition judged(PartitionValues values) {
        FileFacts facts = FileFacts.of(values);
        return new Partition(facts, test(facts));
    }

    private Outcomes test(FileFacts facts) {
        Outcomes outcomes = Outcomes.TRUE;
        for (FilePredicate predicate : predicates) outcomes = outcomes.and(predicate.test(facts));
        return outcomes;
    }
}
