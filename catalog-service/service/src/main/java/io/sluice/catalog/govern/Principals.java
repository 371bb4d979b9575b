package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.record.UserRecord.Kind;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.PrincipalStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.work.AuditEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The metastore itself, and who may call it: people and services. */
public final class Principals {
    private static final int LONGEST_NAME = 255;

    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final PrincipalStore people;
    private final Clock clock;

    Principals(Locator locate, Writes writes, CatalogStore store, PrincipalStore people, Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.people = people;
        this.clock = clock;
    }

    public boolean isFounded() {
        return locate.root().metastoreOrNull() != null;
    }

    /** Makes the metastore and its first user, who owns it. Does nothing when that has happened before. */
    public void found(String metastoreName, String admin) {
        if (isFounded()) return;
        long now = clock.millis();
        MetastoreRecord metastore =
                new MetastoreRecord(UUID.randomUUID().toString(), metastoreName, Stamp.created(admin, now), 1);
        UserRecord user = new UserRecord(UUID.randomUUID().toString(), admin, admin, true, now, Kind.PERSON);
        writes.writeRoot(
                AuditEntry.done(admin, "accounts", "createMetastore", Map.of("name", metastoreName)),
                connection -> {
                    store.insert(connection, writes.rootLog(), Optional.empty(), metastoreName, metastore);
                    people.insertUser(connection, user);
                },
                new Change.MetastorePut(metastore),
                new Change.UserPut(user));
    }

    public UserRecord createUser(Caller caller, String name, String displayName) {
        requireAdmin(caller, "create users");
        requireName(name);
        return create(caller, name, displayName, Kind.PERSON);
    }

    static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME)
            throw Failure.invalid("The user name \"%s\" is empty or longer than %d characters.", name, LONGEST_NAME);
    }

    /** A caller that is no person. Its name, which grants are given to, is made up here. */
    public UserRecord createService(Caller caller, String displayName) {
        requireAdmin(caller, "create service principals");
        return create(caller, UUID.randomUUID().toString(), displayName, Kind.SERVICE);
    }

    private UserRecord create(Caller caller, String name, String displayName, Kind kind) {
        UserRecord user = new UserRecord(UUID.randomUUID().toString(), name, displayName, true, clock.millis(), kind);
        Failure exists = Failure.alreadyExists(Subject.ANYTHING, "User %s exists already.", name);
        if (locate.root().knows(name)) throw exists;
        try {
            writes.writeRoot(
                    AuditEntry.done(caller.name(), "accounts", "add", Map.of("user", name)),
                    connection -> {
                        requireNoInheritance(connection, name);
                        people.insertUser(connection, user);
                    },
                    new Change.UserPut(user));
        } catch (Failure e) {
            throw Duplicates.told(e, exists);
        }
        return user;
    }

    /** Who is switched off keeps grants and tokens, and gets in with none of them until switched on again. */
    public UserRecord describe(
            Caller caller, String id, Kind kind, @Nullable String displayName, @Nullable Boolean active) {
        requireAdmin(caller, "change users");
        UserRecord now = byId(id, kind);
        boolean isActive = active == null ? now.active() : active;
        if (!isActive) requireNotTheOwner(now);
        UserRecord next = now.described(displayName == null ? now.displayName() : displayName, isActive);
        writes.writeRoot(
                AuditEntry.done(caller.name(), "accounts", "updateUser", Map.of("user", now.name())),
                connection -> people.updateUser(connection, next),
                new Change.UserPut(next));
        return next;
    }

    /** Grants outlive whom they were given to; a new user or group of that name must not find them. */
    void requireNoInheritance(Connection connection, String name) throws SQLException {
        List<String> left = store.grantedTo(connection, writes.rootLog(), name, 3);
        if (!left.isEmpty())
            throw Failure.invalid(
                    "Grants to an earlier %s are left, among others on %s. Take them back first.",
                    name, String.join(", ", left));
    }

    /** Tokens of the user die with the user. */
    public void delete(Caller caller, String id, Kind kind) {
        requireAdmin(caller, "delete users");
        UserRecord user = byId(id, kind);
        requireNotTheOwner(user);
        // A later user of the same name must not find these tokens alive.
        List<TokenRecord> tokens = locate.root().tokensOf(user.name());
        List<Change> changes = new ArrayList<>();
        tokens.forEach(token -> changes.add(new Change.TokenGone(token.digest())));
        changes.add(new Change.UserGone(user.name()));
        writes.writeRoot(
                AuditEntry.done(caller.name(), "accounts", "delete", Map.of("user", user.name())),
                connection -> {
                    for (TokenRecord token : tokens) people.deleteToken(connection, token.digest());
                    people.deleteUser(connection, user.id());
                },
                changes.toArray(Change[]::new));
    }

    private void requireNotTheOwner(UserRecord user) {
        if (user.name().equals(locate.root().metastore().owner()))
            throw Failure.invalid("User %s owns the metastore. Give it another owner first.", user.name());
    }

    public List<UserRecord> list(Caller caller, Kind kind) {
        requireAdmin(caller, "list users");
        return locate.root().users().values().stream()
                .filter(user -> user.kind() == kind)
                .toList();
    }

    public UserRecord get(Caller caller, String id, Kind kind) {
        UserRecord user = byId(id, kind);
        if (!user.name().equals(caller.name())) requireAdmin(caller, "see other users");
        return user;
    }

    public boolean isUser(String name) {
        return locate.root().findUser(name).isPresent();
    }

    public UserRecord me(Caller caller) {
        return locate.root().findUser(caller.name()).orElseThrow();
    }

    /** Gives the metastore to another user or group, for its owner. */
    public MetastoreRecord giveTo(Caller caller, String owner) {
        requireAdmin(caller, "give the metastore away");
        RootSnapshot root = locate.root();
        if (!root.knows(owner)) throw Failure.notFound(Subject.ANYTHING, "There is no user or group %s.", owner);
        MetastoreRecord now = root.metastore();
        MetastoreRecord next = new MetastoreRecord(
                now.id(),
                now.name(),
                now.stamp().updated(caller.name(), clock.millis()).ownedBy(owner),
                now.version() + 1);
        writes.writeRoot(
                AuditEntry.done(caller.name(), "accounts", "updateMetastore", Map.of("owner", owner)),
                connection -> Versions.requireUpdated(store.update(connection, next), "metastore " + now.name()),
                new Change.MetastorePut(next));
        return next;
    }

    public MetastoreRecord metastore() {
        return locate.root().metastore();
    }

    /** Whether the caller owns the metastore or was given the privilege on it. */
    public boolean holds(Caller caller, Privilege privilege) {
        return Authorizer.mayOnMetastore(locate.root(), caller, privilege);
    }

    public boolean isAdmin(Caller caller) {
        return Authorizer.isMetastoreAdmin(locate.root(), caller);
    }

    /** Throws {@code DENIED} unless the caller owns the metastore. */
    public void requireAdmin(Caller caller, String what) {
        if (!Authorizer.isMetastoreAdmin(locate.root(), caller))
            throw Failure.denied("User %s may not %s. Ask the owner of the metastore.", caller, what);
    }

    UserRecord byId(String id, Kind kind) {
        return locate.root().users().values().stream()
                .filter(user -> user.kind() == kind && user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Subject.ANYTHING,
                        "No %s has the id %s.",
                        kind == Kind.PERSON ? "user" : "service principal",
                        id));
    }
}
