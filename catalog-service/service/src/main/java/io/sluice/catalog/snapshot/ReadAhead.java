package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.name.EntityName;
import io.sluice.model.work.Territory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Fills memory with catalogs that are to come from another pod, while that one still serves them: what it has in memory,
 * hottest first, as far as there is room. Each part is read at a sequence number of its own; when the catalogs are this
 * pod's own they are brought up to date by the tail of their logs, so what was written meanwhile is not lost.
 */
public final class ReadAhead {
    /** Of those that are told. With that many runs of tables most memories are full. */
    private static final int MOST_TOLD = 5_000;

    private static final int TABLES_AT_ONCE = TableRange.MOST_TABLES / 2;

    private final SqlUnitOfWork work;
    private final CatalogStore store;
    private final Memory memory;
    private final Supplier<RootSnapshot> root;

    ReadAhead(SqlUnitOfWork work, CatalogStore store, Memory memory, Supplier<RootSnapshot> root) {
        this.work = work;
        this.store = store;
        this.memory = memory;
        this.root = root;
    }

    /** What is in memory of these territories, hottest first. */
    public List<Warm> warm(Predicate<Territory> isAsked) {
        List<Warm> all = new ArrayList<>();
        memory.catalogs.forEach((id, contents) -> {
            CatalogSnapshot known = contents.followed().inMemory();
            if (known != null && isAsked.test(Territory.of(known.catalog()))) all.addAll(warm(id, known));
        });
        all.sort(Comparator.comparingInt(Warm::idleSeconds));
        return List.copyOf(all.subList(0, Math.min(all.size(), MOST_TOLD)));
    }

    private static List<Warm> warm(String id, CatalogSnapshot known) {
        List<Warm> all = new ArrayList<>();
        int idleLeast = Integer.MAX_VALUE;
        for (SchemaNode schema : known.schemas().values())
            for (TableRange range : schema.tables().held()) {
                Warm.Place place = new Warm.Place(schema.schema().name().schema(), range.low());
                all.add(new Warm(id, known.catalog(), Optional.of(place), range.idleSeconds()));
                idleLeast = Math.min(idleLeast, range.idleSeconds());
            }
        all.add(new Warm(id, known.catalog(), Optional.empty(), idleLeast));
        return all;
    }

    /**
     * Reads what somebody else had in memory, in the order given, until half of the room for tables is taken by it. What
     * has another name by now, or is gone, is left out.
     */
    public void read(List<Warm> warmest) {
        Map<String, CatalogRecord> present = catalogs();
        Set<String> begun = new HashSet<>();
        long left = memory.room.most() / 2;
        for (Warm warm : warmest) {
            if (left <= 0) return;
            CatalogRecord catalog = present.get(warm.catalogId());
            if (catalog == null || !catalog.name().equals(warm.catalog())) continue;
            Followed<CatalogSnapshot> followed = memory.catalog(catalog);
            if (begun.add(catalog.id())) followed.readAhead();
            if (warm.tables().isPresent())
                left -= read(catalog.id(), followed, warm.tables().get());
        }
    }

    /** By their ids, of the first metastore as of now and of the others as far as this pod knows them. */
    private Map<String, CatalogRecord> catalogs() {
        Map<String, CatalogRecord> all = new HashMap<>();
        for (Followed<RootSnapshot> followed : memory.roots.values()) {
            RootSnapshot known = followed.inMemory();
            if (known != null) put(known, all);
        }
        put(root.get(), all);
        return all;
    }

    private static void put(RootSnapshot of, Map<String, CatalogRecord> all) {
        of.catalogs().values().forEach(node -> all.put(node.catalog().id(), node.catalog()));
    }

    /** As above where nobody has told what is worth reading: the beginning of each schema, of the first metastore. */
    public void readAll(Predicate<Territory> isComing) {
        List<Warm> all = new ArrayList<>();
        for (CatalogNode node : root.get().catalogs().values()) {
            CatalogRecord catalog = node.catalog();
            if (!isComing.test(Territory.of(catalog.name()))) continue;
            for (EntityName schema :
                    memory.catalog(catalog).readAhead().schemas().keySet())
                all.add(new Warm(catalog.id(), catalog.name(), Optional.of(new Warm.Place(schema, "")), 0));
        }
        read(all);
    }

    /** @return about how many bytes came */
    private long read(String catalogId, Followed<CatalogSnapshot> followed, Warm.Place place) {
        // As readers do it, who may be here already: one of them fetches a gap, and the others wait.
        synchronized (followed.filling()) {
            Optional<SchemaNode> schema =
                    Optional.ofNullable(followed.inMemory()).flatMap(now -> now.find(place.schema()));
            if (schema.isEmpty() || schema.get().tables().knows(place.from())) return 0;
            TableGap gap = new TableGap(
                    catalogId,
                    schema.get().schema(),
                    place.from(),
                    schema.get().tables().endOfGap(place.from()));
            long bytes = followed.fillAhead(() -> gap.read(work, store, TABLES_AT_ONCE))
                    .map(read -> read.range().bytes())
                    .orElse(0L);
            memory.room.grown(bytes);
            return bytes;
        }
    }
}
