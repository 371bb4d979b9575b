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
import io.sluice.model.grant.SecurableType;
import io.sluice.model.work.Territory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots this pod answers from. A snapshot is loaded in one statement on its first use and then follows the
 * change log: the pod's own writes bring their changes along, and after a time in which somebody else may have
 * written, the tail of the log is read first.
 *
 * <p>The root stands on every pod. The pod that owns it trusts its memory; any other compares its sequence number
 * with the store's at each request, because a revoked token or grant must not live on in a memory that nobody told.
 *
 * <p>Safe for use by many threads.
 */
public final class Snapshots {
    private final SqlUnitOfWork work;
    private final CatalogStore store;
    private final Estate estate;
    private final Followed.Tally tally = new Followed.Tally();
    private final Followed<RootSnapshot> root;
    private final Map<String, Followed<CatalogSnapshot>> catalogs = new ConcurrentHashMap<>();

    public Snapshots(SqlUnitOfWork work, CatalogStore store, Estate estate) {
        this.work = work;
        this.store = store;
        this.estate = estate;
        this.root = new Followed<>(new RootSource(), tally);
    }

    /** The root as of now. */
    public RootSnapshot root() {
        Estate.Claim claim = estate.claim(Territory.ROOT);
        return claim.isOurs() ? root.at(claim.tenure()) : root.refreshed();
    }

    /** The root if memory alone can answer for it. */
    public @Nullable RootSnapshot residentRoot() {
        Estate.Claim claim = estate.claim(Territory.ROOT);
        return claim.isOurs() ? root.resident(claim.tenure()) : null;
    }

    /** The catalog as of now. Throws {@code WrongPodException} when another pod owns it. */
    public CatalogSnapshot of(CatalogRecord catalog) {
        Estate.Claim claim = estate.requireOurs(Territory.of(catalog.name()));
        return followed(catalog.id()).at(claim.tenure());
    }

    /** The catalog as of now, whoever owns it: any pod may read through to the store, only the owner remembers. */
    public CatalogSnapshot anywhere(CatalogRecord catalog) {
        Estate.Claim claim = estate.claim(Territory.of(catalog.name()));
        return claim.isOurs() ? followed(catalog.id()).at(claim.tenure()) : new CatalogSource(catalog.id()).load();
    }

    /** The catalog if this pod owns it and memory alone can answer. */
    public @Nullable CatalogSnapshot resident(CatalogRecord catalog) {
        Estate.Claim claim = estate.claim(Territory.of(catalog.name()));
        if (!claim.isOurs()) return null;
        Followed<CatalogSnapshot> followed = catalogs.get(catalog.id());
        return followed == null ? null : followed.resident(claim.tenure());
    }

    /** Tells the snapshot of a log about a write of this pod that has been committed. */
    public void committed(String log, long lastSequence, List<Change> changes) {
        if (log.equals(CatalogStore.ROOT_LOG)) root.committed(lastSequence, changes);
        else if (catalogs.containsKey(log)) followed(log).committed(lastSequence, changes);
    }

    /** Forgets a log, for example after a commit whose outcome is unknown. */
    public void forget(String log) {
        if (log.equals(CatalogStore.ROOT_LOG)) root.forget();
        else catalogs.remove(log);
    }

    /** Reads that memory answered. */
    public long hits() {
        return tally.hits().sum();
    }

    /** Reads for which the store was asked first. */
    public long misses() {
        return tally.misses().sum();
    }

    /** Misses for which a whole log was read, because nothing of it was in memory. */
    public long loads() {
        return tally.loads().sum();
    }

    public int residentCatalogs() {
        return catalogs.size();
    }

    public long residentTables() {
        return held().mapToLong(CatalogSnapshot::tableCount).sum();
    }

    /** Bytes of the serialised objects in memory. Walks over all of them. */
    public long residentBytes() {
        RootSnapshot above = root.peek();
        return (above == null ? 0 : above.bodyBytes())
                + held().mapToLong(CatalogSnapshot::bodyBytes).sum();
    }

    /** How many changes the store has that this pod's memory has not applied. One statement. */
    public long changesBehind() {
        Map<String, Long> known = new HashMap<>();
        RootSnapshot above = root.peek();
        if (above != null) known.put(CatalogStore.ROOT_LOG, above.sequence());
        catalogs.forEach((log, followed) -> {
            CatalogSnapshot snapshot = followed.peek();
            if (snapshot != null) known.put(log, snapshot.sequence());
        });
        Map<String, Long> last = work.read(store::lastSequences);
        return known.entrySet().stream()
                .mapToLong(entry -> Math.max(0, last.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    private Stream<CatalogSnapshot> held() {
        return catalogs.values().stream().flatMap(followed -> Stream.ofNullable(followed.peek()));
    }

    private Followed<CatalogSnapshot> followed(String catalogId) {
        return catalogs.computeIfAbsent(catalogId, id -> new Followed<>(new CatalogSource(id), tally));
    }

    private <S> Followed.Tail<S> tail(String log, long after) {
        return work.read(connection ->
                new Followed.Tail<>(store.changesAfter(connection, log, after), store.lastSequence(connection, log)));
    }

    private final class RootSource implements Followed.Source<RootSnapshot> {
        @Override
        public RootSnapshot load() {
            LogImage image = work.read(connection -> store.image(connection, CatalogStore.ROOT_LOG));
            RootSnapshot snapshot = RootSnapshot.EMPTY;
            for (var metastore : image.metastores()) {
                snapshot = snapshot.apply(new Change.MetastorePut(metastore));
                snapshot = snapshot.apply(
                        new Change.GrantsPut(SecurableType.METASTORE, "", image.grantsOn(metastore.id())));
            }
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
            return tail(CatalogStore.ROOT_LOG, sequence);
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

        CatalogSource(String log) {
            this.log = log;
        }

        @Override
        public CatalogSnapshot load() {
            LogImage image = work.read(connection -> store.image(connection, log));
            CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;
            for (SchemaRecord schema : image.schemas()) {
                snapshot = snapshot.apply(new Change.SchemaPut(schema));
                snapshot = granted(snapshot, SecurableType.SCHEMA, schema.name().toString(), image, schema.id());
            }
            for (TableRecord table : image.tables()) {
                snapshot = snapshot.apply(new Change.TablePut(table));
                snapshot = granted(snapshot, SecurableType.TABLE, table.name().toString(), image, table.id());
            }
            for (AssetRecord asset : image.assets()) {
                snapshot = snapshot.apply(new Change.AssetPut(asset));
                snapshot = granted(snapshot, asset.type(), asset.fullName(), image, asset.id());
            }
            return snapshot.at(image.sequence());
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
