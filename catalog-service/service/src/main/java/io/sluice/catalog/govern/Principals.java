package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The metastore itself, its users and their tokens. */
public final class Principals {
    /** No token lives for ever; a longer wish is refused, not shortened. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final Clock clock;

    Principals(Locator locate, Writes writes, CatalogStore store, Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
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
        UserRecord user = new UserRecord(UUID.randomUUID().toString(), admin, admin, true, now);
        writes.write(
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                AuditEntry.done(admin, "accounts", "createMetastore", Map.of("name", metastoreName)),
                connection -> {
                    store.insert(connection, CatalogStore.ROOT_LOG, Optional.empty(), metastoreName, metastore);
                    store.insertUser(connection, user);
                },
                new Change.MetastorePut(metastore),
                new Change.UserPut(user));
    }

    public UserRecord createUser(Caller caller, String name, String displayName) {
        requireAdmin(caller, "create users");
        if (name.isBlank() || name.length() > 255)
            throw Failure.invalid("The user name \"%s\" is empty or longer than 255 characters.", name);
        UserRecord user = new UserRecord(UUID.randomUUID().toString(), name, displayName, true, clock.millis());
        Failure exists = Failure.alreadyExists(Subject.ANYTHING, "User %s exists already.", name);
        if (locate.root().knows(name)) throw exists;
        try {
            writes.write(
                    Territory.ROOT,
                    CatalogStore.ROOT_LOG,
                    AuditEntry.done(caller.name(), "accounts", "add", Map.of("user", name)),
                    connection -> {
                        requireNoInheritance(connection, name);
                        store.insertUser(connection, user);
                    },
                    new Change.UserPut(user));
        } catch (Failure e) {
            throw Duplicates.told(e, exists);
        }
        return user;
    }

    /** Grants outlive whom they were given to; a new user or group of that name must not find them. */
    void requireNoInheritance(Connection connection, String name) throws SQLException {
        List<String> left = store.grantedTo(connection, name, 3);
        if (!left.isEmpty())
            throw Failure.invalid(
                    "Grants to an earlier %s are left, among others on %s. Take them back first.",
                    name, String.join(", ", left));
    }

    /** Tokens of the user die with the user. */
    public void deleteUser(Caller caller, String id) {
        requireAdmin(caller, "delete users");
        UserRecord user = userById(id);
        if (user.name().equals(locate.root().metastore().owner()))
            throw Failure.invalid("User %s owns the metastore. Give it another owner first.", user.name());
        // A later user of the same name must not find these tokens alive.
        List<TokenRecord> tokens = tokensOf(user.name());
        List<Change> changes = new ArrayList<>();
        tokens.forEach(token -> changes.add(new Change.TokenGone(token.digest())));
        changes.add(new Change.UserGone(user.name()));
        writes.write(
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                AuditEntry.done(caller.name(), "accounts", "delete", Map.of("user", user.name())),
                connection -> {
                    for (TokenRecord token : tokens) store.deleteToken(connection, token.digest());
                    store.deleteUser(connection, user.name());
                },
                changes.toArray(Change[]::new));
    }

    public List<UserRecord> listUsers(Caller caller) {
        requireAdmin(caller, "list users");
        return List.copyOf(locate.root().users().values());
    }

    public UserRecord getUser(Caller caller, String id) {
        UserRecord user = userById(id);
        if (!user.name().equals(caller.name())) requireAdmin(caller, "see other users");
        return user;
    }

    public boolean isUser(String name) {
        return locate.root().findUser(name).isPresent();
    }

    public UserRecord me(Caller caller) {
        return locate.root().findUser(caller.name()).orElseThrow();
    }

    /** A token in clear, which is shown once and never again. */
    public record IssuedToken(String token, TokenRecord record) {}

    /** @param forUser oneself, or anybody when one is the metastore's admin */
    public IssuedToken issueToken(Caller caller, String forUser, String comment, Duration life) {
        RootSnapshot root = locate.root();
        if (!forUser.equals(caller.name())) requireAdmin(caller, "issue tokens for others");
        if (root.findUser(forUser).isEmpty())
            throw Failure.notFound(Subject.ANYTHING, "User %s does not exist.", forUser);
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0)
            throw Failure.invalid(
                    "A token lives between 1 second and %d days; %d seconds were asked for.",
                    LONGEST_LIFE.toDays(), life.toSeconds());
        return issue(caller, forUser, comment, BearerToken.random(), life);
    }

    /** Makes sure that a token that was handed over by other means is good, as at the first start. */
    public void adopt(String forUser, String token, String comment, Duration life) {
        if (locate.root().token(BearerToken.digest(token)) == null)
            issue(new Caller(forUser), forUser, comment, token, life);
    }

    private IssuedToken issue(Caller caller, String forUser, String comment, String token, Duration life) {
        long now = clock.millis();
        TokenRecord record = new TokenRecord(
                UUID.randomUUID().toString(), BearerToken.digest(token), forUser, comment, now, now + life.toMillis());
        writes.write(
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                AuditEntry.done(
                        caller.name(), "accounts", "generateDbToken", Map.of("user", forUser, "token_id", record.id())),
                connection -> store.insertToken(connection, record),
                new Change.TokenPut(record));
        return new IssuedToken(token, record);
    }

    public void revokeToken(Caller caller, String tokenId) {
        TokenRecord token = locate.root().tokens().values().stream()
                .filter(candidate -> candidate.id().equals(tokenId))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "No token has the id %s.", tokenId));
        if (!token.principal().equals(caller.name())) requireAdmin(caller, "revoke tokens of others");
        writes.write(
                Territory.ROOT,
                CatalogStore.ROOT_LOG,
                AuditEntry.done(caller.name(), "accounts", "revokeDbToken", Map.of("token_id", tokenId)),
                connection -> store.deleteToken(connection, token.digest()),
                new Change.TokenGone(token.digest()));
    }

    public List<TokenRecord> listTokens(Caller caller) {
        return tokensOf(caller.name());
    }

    private List<TokenRecord> tokensOf(String principal) {
        return locate.root().tokens().values().stream()
                .filter(token -> token.principal().equals(principal))
                .toList();
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

    private UserRecord userById(String id) {
        return locate.root().users().values().stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "No user has the id %s.", id));
    }
}
