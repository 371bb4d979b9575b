package io.sluice.catalog.snapshot;

import io.sluice.catalog.Estate;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.GroupRecord;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LogImage;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private static final int TABLES_AHEAD = TableRange.MOST_TABLES / 2;
    /** Of one schema. More than that is read when it is asked for. */
    private static final int MOST_RANGES_AHEAD = 200;

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
        this(work, store, estate, Memory.of(mostTableBytes), CatalogStore.FIRST_ROOT_LOG);
    }

    private Snapshots(SqlUnitOfWork work, CatalogStore store, Estate estate, Memory memory, String rootLog) {
        this.work = work;
        this.store = store;
        this.estate = estate;
        this.memory = memory;
        this.root = memory.roots.computeIfAbsent(rootLog, log -> new Followed<>(new RootSource(log), memory.ofRoots));
    }

    /** Those of another metastore, in the same memory. */
    public Snapshots ofMetastore(String otherRootLog) {
        return new Snapshots(work, store, estate, memory, otherRootLog);
    }

    /** What the snapshots of all metastores are held in. Catalogs by their ids, which are unique among all. */
    private record Memory(
            Followed.Tally ofRoots,
            Followed.Tally ofCatalogs,
            Map<String, Followed<RootSnapshot>> roots,
            Map<String, Followed<CatalogSnapshot>> catalogs,
            TableRoom room) {
        static Memory of(long mostTableBytes) {
            Map<String, Followed<CatalogSnapshot>> catalogs = new ConcurrentHashMap<>();
            return new Memory(
                    new Followed.Tally(),
                    new Followed.Tally(),
                    new ConcurrentHashMap<>(),
                    catalogs,
                    new TableRoom(catalogs.values(), mostTableBytes));
        }
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
        return followed(catalog).at(claim.tenure());
    }

    /** As above with the tables around a name, which may also be where a list goes on. */
    public CatalogSnapshot of(CatalogRecord catalog, EntityName schema, String table) {
        Estate.Claim claim = estate.requireReadable(Territory.of(catalog.name()));
        Followed<CatalogSnapshot> followed = followed(catalog);
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
        return new CatalogSource(catalog).load();
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
        Followed<CatalogSnapshot> followed = memory.catalogs.get(catalog.id());
        CatalogSnapshot resident = followed == null ? null : followed.resident(claim.tenure());
        return resident != null && resident.catalog().equals(catalog.name()) ? resident : null;
    }

    /** Tells the snapshot of a log about a write of this pod that has been committed. */
    public void committed(String log, long lastSequence, List<Change> changes) {
        Followed<RootSnapshot> ofRoot = memory.roots.get(log);
        if (ofRoot != null) ofRoot.committed(lastSequence, changes);
        else {
            Followed<CatalogSnapshot> followed = memory.catalogs.get(log);
            if (followed == null) return;
            followed.committed(lastSequence, changes);
            memory.room.grown(changes.size() * TableRoom.TYPICAL_BYTES);
        }
    }

    /** Forgets a log, for example after a commit whose outcome is unknown. */
    public void forget(String log) {
        Followed<RootSnapshot> ofRoot = memory.roots.get(log);
        if (ofRoot != null) ofRoot.forget();
        else memory.catalogs.remove(log);
    }

    /**
     * Reads ahead what this pod is about to own: catalogs and their tables, as far as memory goes. When they are its own
     * they are brought up to date by the tail of their logs, so what was written meanwhile is not lost.
     */
    public void prepare(Predicate<Territory> isComing) {
        for (CatalogNode catalog : root.refreshed().catalogs().values())
            if (isComing.test(Territory.of(catalog.catalog().name()))) prepare(catalog.catalog());
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
        memory.catalogs.forEach((log, followed) -> {
            CatalogSnapshot known = followed.inMemory();
            if (known == null) return;
            OptionalLong tenure = begun.apply(Territory.of(known.catalog()));
            if (tenure.isPresent()) followed.confirm(tenure.getAsLong(), last.getOrDefault(log, 0L));
        });
    }

    private void prepare(CatalogRecord catalog) {
        Followed<CatalogSnapshot> followed = followed(catalog);
        for (EntityName schema : followed.readAhead().schemas().keySet()) {
            Optional<String> at = Optional.of("");
            for (int range = 0; at.isPresent() && range < MOST_RANGES_AHEAD; range++)
                at = prepare(catalog, followed, schema, at.get());
        }
    }

    /** @return where the next tables of the schema begin */
    private Optional<String> prepare(
            CatalogRecord catalog, Followed<CatalogSnapshot> followed, EntityName schema, String from) {
        Optional<SchemaNode> found = Optional.ofNullable(followed.inMemory()).flatMap(now -> now.find(schema));
        if (found.isEmpty()) return Optional.empty();
        SchemaNode node = found.get();
        if (!node.tables().knows(from)) {
            TableGap gap = new TableGap(
                    catalog.id(), node.schema(), from, node.tables().endOfGap(from));
            followed.fillAhead(() -> gap.read(work, store, TABLES_AHEAD));
            memory.room.grown(TABLES_AHEAD * TableRoom.TYPICAL_BYTES);
        }
        return Optional.ofNullable(followed.inMemory())
                .flatMap(now -> now.find(schema))
                .filter(now -> now.tables().knows(from))
                .flatMap(now -> now.tables().from(from).next());
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
        memory.catalogs.forEach((log, followed) -> {
            CatalogSnapshot snapshot = followed.inMemory();
            if (snapshot != null) known.put(log, snapshot.sequence());
        });
        Map<String, Long> last = work.read(store::lastSequences);
        return known.entrySet().stream()
                .mapToLong(entry -> Math.max(0, last.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    private Followed<CatalogSnapshot> followed(CatalogRecord catalog) {
        Followed<CatalogSnapshot> found = memory.catalogs.get(catalog.id());
        if (found != null && says(found, catalog.name())) return found;
        return memory.catalogs.compute(
                catalog.id(),
                (id, known) -> known != null && says(known, catalog.name())
                        ? known
                        : new Followed<>(new CatalogSource(catalog), memory.ofCatalogs));
    }

    /** Everything in a catalog says the catalog's name: after a renaming it is read anew. */
    private static boolean says(Followed<CatalogSnapshot> followed, EntityName name) {
        CatalogSnapshot inMemory = followed.inMemory();
        return inMemory == null || inMemory.catalog().equals(name);
    }

    private <S> Followed.Tail<S> tail(String log, long after) {
        return work.read(connection ->
                new Followed.Tail<>(store.changesAfter(connection, log, after), store.lastSequence(connection, log)));
    }

    private final class RootSource implements Followed.Source<RootSnapshot> {
        private final String log;

        RootSource(String log) {
            this.log = log;
        }

        @Override
        public RootSnapshot load() {
            LogImage image = work.read(connection -> store.rootImage(connection, log));
            RootSnapshot snapshot = RootSnapshot.empty(log);
            for (var metastore : image.metastores()) {
                snapshot = snapshot.apply(new Change.MetastorePut(metastore));
                snapshot = snapshot.apply(
                        new Change.GrantsPut(SecurableType.METASTORE, "", image.grantsOn(metastore.id())));
            }
            for (Map.Entry<String, String> other : image.hosted().entrySet())
                snapshot = snapshot.apply(new Change.MetastoreHosted(other.getKey(), other.getValue()));
            for (CatalogRecord catalog : image.catalogs()) {
                snapshot = snapshot.apply(new Change.CatalogPut(catalog));
                snapshot = snapshot.apply(new Change.GrantsPut(
                        SecurableType.CATALOG, catalog.name().value(), image.grantsOn(catalog.id())));
            }
            for (UserRecord user : image.users()) snapshot = snapshot.apply(new Change.UserPut(user));
            for (TokenRecord token : image.tokens()) snapshot = snapshot.apply(new Change.TokenPut(token));
            for (GroupRecord group : image.groups()) snapshot = snapshot.apply(new Change.GroupPut(group));
            for (AssetRecord asset : image.assets()) {
                snapshot = snapshot.apply(new Change.AssetPut(asset));
                Grants grants = image.grantsOn(asset.id());
                if (!grants.isEmpty())
                    snapshot = snapshot.apply(new Change.GrantsPut(asset.type(), asset.fullName(), grants));
            }
            return snapshot.at(image.sequence());
        }

        @Override
        public Followed.Tail<RootSnapshot> tailAfter(long sequence) {
            return tail(log, sequence);
        }

        @Override
        public RootSnapshot apply(RootSnapshot snapshot, List<Change> changes, long sequence) {
            for (Change change : changes) snapshot = snapshot.apply(change);
            return snapshot.at(sequence);
        }

        @Override
        public long sequenceOf(RootSnapshot snapshot) {
            return snapshot.sequence();
        }
    }

    private final class CatalogSource implements Followed.Source<CatalogSnapshot> {
        private final String log;
        private final EntityName name;

        CatalogSource(CatalogRecord catalog) {
            this.log = catalog.id();
            this.name = catalog.name();
        }

        @Override
        public CatalogSnapshot load() {
            LogImage image = work.read(connection -> store.image(connection, log));
            CatalogSnapshot snapshot = CatalogSnapshot.empty(name);
            Map<String, SchemaName> schemaNames = new HashMap<>();
            for (SchemaRecord stored : image.schemas()) {
                SchemaRecord schema = stored.in(name);
                schemaNames.put(schema.id(), schema.name());
                snapshot = snapshot.unread(schema);
                snapshot = granted(snapshot, SecurableType.SCHEMA, schema.name().toString(), image, schema.id());
            }
            snapshot = held(snapshot, image, schemaNames);
            for (LogImage.Child<AssetRecord> child : image.assetsInSchemas()) {
                SchemaName schema = schemaNames.get(child.parentId());
                if (schema == null) continue;
                AssetRecord asset = child.record().in(schema);
                snapshot = snapshot.apply(new Change.AssetPut(asset));
                snapshot = granted(snapshot, asset.type(), asset.fullName(), image, asset.id());
            }
            return snapshot.at(image.sequence());
        }

        private static CatalogSnapshot held(
                CatalogSnapshot snapshot, LogImage image, Map<String, SchemaName> schemaNames) {
            Map<LogImage.Holder, Set<String>> byTable = new HashMap<>();
            for (LogImage.Holder holder : image.holders())
                byTable.computeIfAbsent(
                                new LogImage.Holder(holder.schemaId(), holder.table(), ""), table -> new HashSet<>())
                        .add(holder.principal());
            CatalogSnapshot all = snapshot;
            for (Map.Entry<LogImage.Holder, Set<String>> entry : byTable.entrySet()) {
                LogImage.Holder table = entry.getKey();
                SchemaName schema = schemaNames.get(table.schemaId());
                if (schema != null)
                    all = all.inSchema(
                            table.schemaId(),
                            schema.schema(),
                            node -> node.holding(table.table(), Set.copyOf(entry.getValue())));
            }
            return all;
        }

        private static CatalogSnapshot granted(
                CatalogSnapshot snapshot, SecurableType type, String name, LogImage image, String id) {
            return Optional.of(image.grantsOn(id))
                    .filter(grants -> !grants.byPrincipal().isEmpty())
                    .map(grants -> snapshot.apply(new Change.GrantsPut(type, name, grants)))
                    .orElse(snapshot);
        }

        @Override
        public Followed.Tail<CatalogSnapshot> tailAfter(long sequence) {
            return tail(log, sequence);
        }

        @Override
        public CatalogSnapshot apply(CatalogSnapshot snapshot, List<Change> changes, long sequence) {
            for (Change change : changes) snapshot = snapshot.apply(change);
            return snapshot.at(sequence);
        }

        @Override
        public long sequenceOf(CatalogSnapshot snapshot) {
            return snapshot.sequence();
        }
    }
}
