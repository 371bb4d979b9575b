package io.sluice.catalog.snapshot;

import io.sluice.model.name.EntityName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps the tables in memory within their bounds: when they have outgrown them, those ranges go that were not used for
 * longest. A small schema is one range, so it goes as a whole.
 */
final class TableRoom {
    /** About what a table takes, for counting what writes bring. */
    static final long TYPICAL_BYTES = 500;

    /** So much is kept, so that the next sweep is not due at once. */
    private static final double KEPT = 0.8;

    private final Supplier<Stream<Followed<CatalogSnapshot>>> catalogs;
    private final long most;
    /** An estimate: each sweep sets it right. */
    private final AtomicLong estimate = new AtomicLong();

    TableRoom(Supplier<Stream<Followed<CatalogSnapshot>>> catalogs, long most) {
        this.catalogs = catalogs;
        this.most = most;
    }

    long most() {
        return most;
    }

    void grown(long bytes) {
        if (estimate.addAndGet(bytes) > most) sweep();
    }

    private synchronized void sweep() {
        if (estimate.get() <= most) return;
        List<Candidate> all = candidates();
        long held = all.stream().mapToLong(candidate -> candidate.range.bytes()).sum();
        if (held > most) {
            all.sort(Comparator.comparingInt(candidate -> candidate.range.lastUse()));
            for (Candidate candidate : all) {
                if (held <= KEPT * most) break;
                candidate.evict();
                held -= candidate.range.bytes();
            }
        }
        estimate.set(held);
    }

    private List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        catalogs.get().forEach(catalog -> {
            CatalogSnapshot snapshot = catalog.inMemory();
            if (snapshot == null) return;
            for (SchemaNode schema : snapshot.schemas().values())
                for (TableRange range : schema.tables().held())
                    if (range.size() > 0) all.add(new Candidate(catalog, schema, range));
        });
        return all;
    }

    /** About so many bytes of tables are in memory. */
    long held() {
        return candidates().stream()
                .mapToLong(candidate -> candidate.range.bytes())
                .sum();
    }

    long tables() {
        return candidates().stream()
                .mapToLong(candidate -> candidate.range.size())
                .sum();
    }

    private record Candidate(Followed<CatalogSnapshot> catalog, SchemaNode schema, TableRange range) {
        void evict() {
            EntityName name = schema.schema().name().schema();
            catalog.shrink(snapshot -> snapshot.inSchema(
                    schema.schema().id(), name, node -> node.with(node.tables().evicted(range.low()))));
        }
    }
}
