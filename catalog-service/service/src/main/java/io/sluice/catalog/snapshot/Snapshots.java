package io.sluice.catalog.snapshot;

import io.sluice.catalog.Estate;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LogImage;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots this pod answers from. A snapshot is loaded in one statement on its first use and then follows the
 * change log: the pod's own writes bring their changes along, and after a time in which somebody else may have
 * written, the tail of the log is read first.
 *
 * <p>Each metastore has a root, and one memory holds the catalogs of all. A root stands on every pod. The pod that
 * owns the roots trusts its memory, and so does a pod to which the owner lends them, for it is told before each write. Any
 * other compares a root's sequence number with the store's at each request, because a revoked token or grant must not
 * live on in a memory that nobody told.
 *
 * <p>Safe for use by many threads.
 */
public final class Snapshots {
    private static final int MOST_ATTEMPTS = 3;

    private final SqlUnitOfWork work;
    private final CatalogStore store;
    private final Estate estate;
    private final Memory memory;
    private final Followed<RootSnapshot> root;

    /**
     * Of the first metastore.
     *
     * @param mostTableBytes about how much memory tables may take; those not used for longest are let go of
     */
    public Snapshots(SqlUnitOfWork work, CatalogStore store, Estate estate, long mostTableBytes) {
        this(work, store, estate, new Memory(work, store, mostTableBytes), CatalogStore.FIRST_ROOT_LOG);
    }

    private Snapshots(SqlUnitOfWork work, CatalogStore store, Estate estate, Memory memory, String rootLog) {
        this.work = work;
        this.store = store;
        this.estate = estate;
        this.memory = memory;
        this.root = memory.root(rootLog);
    }

    /** Those of another metastore, in the same memory. */
    public Snapshots ofMetastore(String otherRootLog) {
        return new Snapshots(work, store, estate, memory, otherRootLog);
    }

    /** The root as of now. */
    public RootSnapshot root() {
        Estate.Claim claim = estate.claim(Territory.ROOT);
        return claim.isReadable() ? root.at(claim.tenure()) : root.refreshed();
    }

    /** The root if memory alone can answer for it. */
    public @Nullable RootSnapshot residentRoot() {
        Estate.Claim claim = estate.claim(Territory.ROOT);
        return claim.isReadable() ? root.resident(claim.tenure()) : null;
    }

    /** The catalog as of now. Throws {@code WrongPodException} when another pod owns it. */
    public CatalogSnapshot of(CatalogRecord catalog) {
        Estate.Claim claim = estate.requireReadable(Territory.of(catalog.name()));
        return memory.catalog(catalog).at(claim.tenure());
    }

    /** As above with the tables around a name, which may also be where a list goes on. */
    public CatalogSnapshot of(CatalogRecord catalog, EntityName schema, String table) {
        Estate.Claim claim = estate.requireReadable(Territory.of(catalog.name()));
        Followed<CatalogSnapshot> followed = memory.catalog(catalog);
        CatalogSnapshot now = followed.at(claim.tenure());
        // What was read may be of a schema that was renamed meanwhile.
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !now.knows(schema, table); attempt++)
            now = filled(catalog.id(), followed, claim.tenure(), schema, table);
        if (!now.knows(schema, table)) throw Failure.unavailable(null, "Schema %s is changing. Try again.", schema);
        return now;
    }

    /**
     * The catalog as of now with a table in it if it exists, whoever owns it: any pod may read through to the store,
     * only the owner remembers.
     */
    public CatalogSnapshot anywhere(CatalogRecord catalog, TableName name) {
        return anywhere(catalog, name.schema().schema(), name.table().value(), 1);
    }

    /** As above with the tables from a name on, as far as they are in memory or up to so many. */
    public CatalogSnapshot anywhere(CatalogRecord catalog, EntityName schema, String table, int most) {
        if (estate.claim(Territory.of(catalog.name())).isReadable()) return of(catalog, schema, table);
        CatalogSnapshot contents = readThrough(catalog);
        Optional<SchemaNode> found = contents.find(schema);
        if (found.isEmpty()) return contents;
        TableGap gap = new TableGap(catalog.id(), found.get().schema(), table, Optional.empty());
        return gap.read(work, store, most).into(contents);
    }

    /** As above without tables. */
    public CatalogSnapshot anywhere(CatalogRecord catalog) {
        return estate.claim(Territory.of(catalog.name())).isReadable() ? of(catalog) : readThrough(catalog);
    }

    private CatalogSnapshot readThrough(CatalogRecord catalog) {
        memory.ofCatalogs.misses().increment();
        return new CatalogSource(work, store, catalog.id(), catalog.name()).load();
    }

    /** Tables of a schema by their names, past the memory: for a few that lie far apart. */
    public Map<String, TableNode> read(SchemaRecord schema, List<String> names) {
        if (names.isEmpty()) return Map.of();
        LogImage image = work.read(connection -> store.tables(connection, schema.id(), names));
        Map<String, TableNode> found = new HashMap<>();
        for (TableRecord table : image.tables())
            found.put(table.name().table().value(), TableNode.of(table.in(schema.name()), image.grantsOn(table.id())));
        return found;
    }

    /** One reader fetches a gap, and the others that need it wait for that one. */
    private CatalogSnapshot filled(
            String catalogId, Followed<CatalogSnapshot> followed, long tenure, EntityName schema, String table) {
        synchronized (followed.filling()) {
            CatalogSnapshot now = followed.at(tenure);
            if (now.knows(schema, table)) return now;
            Optional<SchemaNode> found = now.find(schema);
            if (found.isEmpty()) return now;
            SchemaNode node = found.get();
            TableGap gap =
                    new TableGap(catalogId, node.schema(), table, node.tables().endOfGap(table));
            CatalogSnapshot filled = followed.fill(tenure, () -> gap.read(work, store, TableRange.MOST_TABLES / 2));
            memory.room.grown(TableRange.MOST_TABLES / 2 * TableRoom.TYPICAL_BYTES);
            return filled;
        }
    }

    /** The catalog if this pod may read it and memory alone can answer. */
    public @Nullable CatalogSnapshot resident(CatalogRecord catalog) {
        Estate.Claim claim = estate.claim(Territory.of(catalog.name()));
        if (!claim.isReadable()) return null;
        Followed<CatalogSnapshot> followed = memory.known(catalog);
        return followed == null ? null : followed.resident(claim.tenure());
    }

    /** Tells the snapshot of a log about a write of this pod that has been committed. */
    public void committed(String log, long lastSequence, List<Change> changes) {
        Followed<RootSnapshot> ofRoot = memory.roots.get(log);
        if (ofRoot != null) ofRoot.committed(lastSequence, changes);
        else {
            Memory.Contents known = memory.catalogs.get(log);
            if (known == null) return;
            known.followed().committed(lastSequence, changes);
            memory.room.grown(changes.size() * TableRoom.TYPICAL_BYTES);
        }
    }

    /** Forgets a log, for example after a commit whose outcome is unknown. */
    public void forget(String log) {
        Followed<RootSnapshot> ofRoot = memory.roots.get(log);
        if (ofRoot != null) ofRoot.forget();
        else memory.catalogs.remove(log);
    }

    /** What fills this memory before catalogs come from another pod. */
    public ReadAhead readAhead() {
        return new ReadAhead(work, store, memory, root::readAhead);
    }

    /**
     * Tenures begin, in which nobody else writes. One statement for all territories tells which memories are still right,
     * so that those who ask next need not ask for each.
     *
     * @param begun the tenure of a territory; empty if none begins there now
     */
    public void begin(Function<Territory, OptionalLong> begun) {
        Map<String, Long> last = work.read(store::lastSequences);
        OptionalLong ofRoot = begun.apply(Territory.ROOT);
        if (ofRoot.isPresent())
            memory.roots.forEach((log, followed) -> followed.confirm(ofRoot.getAsLong(), last.getOrDefault(log, 0L)));
        memory.catalogs.forEach((log, contents) -> {
            CatalogSnapshot known = contents.followed().inMemory();
            if (known == null) return;
            OptionalLong tenure = begun.apply(Territory.of(known.catalog()));
            if (tenure.isPresent()) contents.followed().confirm(tenure.getAsLong(), last.getOrDefault(log, 0L));
        });
    }

    /** Reads that memory answered. */
    public long hits() {
        return memory.ofRoots.hits().sum() + memory.ofCatalogs.hits().sum();
    }

    /** Reads for which the store was asked first. */
    public long misses() {
        return memory.ofRoots.misses().sum() + catalogMisses();
    }

    /** Those of them that were for what is in a catalog. */
    public long catalogMisses() {
        return memory.ofCatalogs.misses().sum();
    }

    /** Misses for which a whole log was read, because nothing of it was in memory. */
    public long loads() {
        return memory.ofRoots.loads().sum() + memory.ofCatalogs.loads().sum();
    }

    public int residentCatalogs() {
        return memory.catalogs.size();
    }

    public long residentTables() {
        return memory.room.tables();
    }

    /** About so many bytes of tables. */
    public long residentBytes() {
        return memory.room.held();
    }

    /** How many changes the store has that this pod's memory has not applied. One statement. */
    public long changesBehind() {
        Map<String, Long> known = new HashMap<>();
        memory.roots.forEach((log, followed) -> {
            RootSnapshot snapshot = followed.inMemory();
            if (snapshot != null) known.put(log, snapshot.sequence());
        });
        memory.catalogs.forEach((log, contents) -> {
            CatalogSnapshot snapshot = contents.followed().inMemory();
            if (snapshot != null) known.put(log, snapshot.sequence());
        });
        Map<String, Long> last = work.read(store::lastSequences);
        return known.entrySet().stream()
                .mapToLong(entry -> Math.max(0, last.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }
}
