package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.TokenUses;
import io.sluice.catalog.access.TrustedIssuers;
import io.sluice.catalog.mount.MountedShares;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.DropStore;
import io.sluice.catalog.store.PrincipalStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.vending.CredentialVendor;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metastores of one store: the first, whose admins operate the server, and those that they open for others. A
 * metastore is a world of its own: people, tokens, names, grants and the audit log of one are not known in another. Which
 * one a request is for is told by its token alone.
 */
public final class Metastores implements AutoCloseable {
    private final SqlUnitOfWork work;
    private final Snapshots snapshots;
    private final Trusts trusts;
    private final Retention retention;
    private final Clock clock;
    private final TokenUses uses = new TokenUses();
    private final CatalogStore store = new CatalogStore();
    private final DropStore drops = new DropStore();
    private final Writes writes;
    private final Member first;
    private final Map<String, Member> others = new ConcurrentHashMap<>();

    /** @param work and snapshots those of the first metastore */
    public Metastores(SqlUnitOfWork work, Snapshots snapshots, Trusts trusts, Retention retention, Clock clock) {
        this.work = work;
        this.snapshots = snapshots;
        this.trusts = trusts;
        this.retention = retention;
        this.clock = clock;
        this.writes = new Writes(work, snapshots);
        this.first = member(work, snapshots, Optional.empty());
    }

    /** What the operator lends to a metastore: issuers that are believed, ways to open stores, and keys. */
    public record Trust(TrustedIssuers issuers, CredentialVendor vendor, KeyScopes keyScopes, MountedShares mounts) {}

    @FunctionalInterface
    public interface Trusts {
        /** @param metastore its name; empty for the first one */
        Trust of(Optional<String> metastore);
    }

    private record Member(Snapshots snapshots, Trust trust, Governance governance) {}

    private Member member(SqlUnitOfWork itsWork, Snapshots itsSnapshots, Optional<String> name) {
        Trust trust = trusts.of(name);
        return new Member(itsSnapshots, trust, Governance.over(itsWork, itsSnapshots, trust, uses, retention, clock));
    }

    private Member other(String id, String name) {
        return others.computeIfAbsent(
                id, log -> member(work.ofMetastore(log), snapshots.ofMetastore(log), Optional.of(name)));
    }

    public Governance first() {
        return first.governance;
    }

    public boolean isFirst(Governance governance) {
        return governance == first.governance;
    }

    /** Who calls, and the metastore that the token is for. */
    public record Entry(Governance governance, Caller caller) {}

    /** May ask an issuer for its keys, and so must not be called on an event loop. */
    public Entry enter(@Nullable String authorizationHeader) {
        String token = Authenticator.bearer(authorizationHeader);
        RootSnapshot root = snapshots.root();
        Member home = home(root, token);
        RootSnapshot itsRoot = home == first ? root : home.snapshots.root();
        return new Entry(home.governance, home.governance.authenticator().authenticate(itsRoot, token));
    }

    /** The metastore that made the token, or whose issuer did; the first one for a token that nobody knows. */
    public Governance of(String token) {
        return home(snapshots.root(), token).governance;
    }

    private Member home(RootSnapshot root, String token) {
        if (root.hosted().isEmpty() || first.governance.authenticator().knows(root, token)) return first;
        for (Map.Entry<String, String> hosted : root.hosted().entrySet()) {
            Member candidate = other(hosted.getKey(), hosted.getValue());
            if (candidate.governance.authenticator().knows(candidate.snapshots.root(), token)) return candidate;
        }
        return first;
    }

    /** The first one before all others. */
    public List<Governance> all() {
        List<Governance> all = new ArrayList<>(List.of(first.governance));
        snapshots.root().hosted().forEach((id, name) -> all.add(other(id, name).governance));
        return all;
    }

    /**
     * A table's body for a request that memory alone can answer, be it in the first metastore or in another; null where
     * it cannot. As {@link Tables#residentBody}, whose way this is.
     */
    public byte @Nullable [] residentBody(@Nullable String authorizationHeader, TableName name) {
        byte[] body = first.governance.tables().residentBody(authorizationHeader, name);
        RootSnapshot root = body == null ? snapshots.residentRoot() : null;
        if (root == null) return body;
        for (String id : root.hosted().keySet()) {
            Member other = others.get(id);
            byte[] theirs = other == null ? null : other.governance.tables().residentBody(authorizationHeader, name);
            if (theirs != null) return theirs;
        }
        return null;
    }

    /** Opens a metastore with its owner as its only user. */
    public MetastoreRecord open(Entry by, String name, @Nullable String owner) {
        requireOperator(by, "open metastores");
        EntityName metastoreName = EntityName.of(name);
        String admin = owner == null ? by.caller.name() : owner;
        Principals.requireName(admin);
        Failure exists = Failure.alreadyExists(
                Subject.ANYTHING, "There is a metastore %s already. Pick another name.", metastoreName);
        long now = clock.millis();
        MetastoreRecord metastore =
                new MetastoreRecord(UUID.randomUUID().toString(), metastoreName.value(), Stamp.created(admin, now), 1);
        UserRecord user = new UserRecord(UUID.randomUUID().toString(), admin, admin, true, now, UserRecord.Kind.PERSON);
        try {
            writes.writeRoot(
                    audit(by, "createMetastore", metastore),
                    connection -> {
                        store.insert(connection, metastore.id(), Optional.empty(), metastore.name(), metastore);
                        new PrincipalStore(metastore.id()).insertUser(connection, user);
                    },
                    new Change.MetastoreHosted(metastore.id(), metastore.name()));
        } catch (Failure e) {
            throw Duplicates.told(e, exists);
        }
        return metastore;
    }

    /** All for who operates the server; for anybody else their own. */
    public List<MetastoreRecord> list(Entry by) {
        List<MetastoreRecord> found = new ArrayList<>();
        found.add(by.governance.principals().metastore());
        if (isOperator(by))
            for (String id : snapshots.root().hosted().keySet())
                find(id).ifPresent(other -> found.add(metastore(other)));
        return found;
    }

    public MetastoreRecord get(Entry by, String id) {
        return by.governance.principals().metastore().id().equals(id)
                ? by.governance.principals().metastore()
                : metastore(existing(by, id));
    }

    /** @param force also drops what is in it; data files of external tables stay where they are */
    public void close(Entry by, String id, boolean force) {
        requireOperator(by, "delete metastores");
        if (first.governance.principals().metastore().id().equals(id))
            throw Failure.invalid("The first metastore is that of the server itself and cannot be deleted.");
        Member closing = existing(by, id);
        RootSnapshot root = closing.snapshots.root();
        if (!force && !root.catalogs().isEmpty())
            throw Failure.invalid(
                    "Metastore %s still has catalogs. Drop them first, or pass force=true.",
                    root.metastore().name());
        writes.writeRoot(
                audit(by, "deleteMetastore", root.metastore()),
                connection -> {
                    for (CatalogNode catalog : root.catalogs().values()) {
                        drops.doomAllOf(connection, catalog.catalog().id(), clock.millis());
                        store.deleteLog(connection, catalog.catalog().id());
                        store.delete(connection, catalog.catalog().id());
                    }
                    store.deleteChildren(connection, id);
                    store.delete(connection, id);
                    new PrincipalStore(id).deleteAll(connection);
                },
                new Change.MetastoreGone(id));
        others.remove(id);
        snapshots.forget(id);
        closing.trust.vendor.close();
    }

    /** A way in for a user of any metastore, made by who operates the server: its owner's first token is made so. */
    public Tokens.IssuedToken issueToken(Entry by, String id, String user, String comment, Duration life) {
        requireOperator(by, "issue tokens for other metastores");
        return existing(by, id).governance.tokens().issueAs(by.caller, user, comment, life);
    }

    /** Credentials given out since the start, in all. */
    public long vended() {
        return first.governance.vending().vended()
                + others.values().stream()
                        .mapToLong(other -> other.governance.vending().vended())
                        .sum();
    }

    @Override
    public void close() {
        first.trust.vendor.close();
        others.values().forEach(other -> other.trust.vendor.close());
    }

    private Member existing(Entry by, String id) {
        Optional<Member> found = isOperator(by) ? find(id) : Optional.empty();
        return found.orElseThrow(
                () -> Failure.notFound(Subject.ANYTHING, "No metastore that you may see has the id %s.", id));
    }

    private Optional<Member> find(String id) {
        if (first.governance.principals().metastore().id().equals(id)) return Optional.of(first);
        @Nullable String name = snapshots.root().hosted().get(id);
        return name == null ? Optional.empty() : Optional.of(other(id, name));
    }

    private static MetastoreRecord metastore(Member member) {
        return member.governance.principals().metastore();
    }

    private boolean isOperator(Entry by) {
        return isFirst(by.governance) && by.governance.principals().isAdmin(by.caller);
    }

    private void requireOperator(Entry by, String what) {
        if (!isOperator(by)) throw Failure.denied("User %s may not %s. Ask who operates this server.", by.caller, what);
    }

    private static AuditEntry audit(Entry by, String action, MetastoreRecord metastore) {
        return AuditEntry.done(
                by.caller.name(),
                "accounts",
                action,
                Map.of("metastore_id", metastore.id(), "name", metastore.name(), "owner", metastore.owner()));
    }
}
