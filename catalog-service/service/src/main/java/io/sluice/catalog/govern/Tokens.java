package io.sluice.catalog.govern;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.TokenUses;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.TokenRecord.Kind;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.store.PrincipalStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.work.AuditEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What callers get in with: tokens of people, secrets of service principals, and sessions. */
public final class Tokens {
    /** Nothing lives for ever; a longer wish is refused, not shortened. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    /** Sessions come and go by themselves; their rows are swept out when the next is made. */
    private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

    private static final int MOST_SWEPT = 100;

    private final Locator locate;
    private final Principals principals;
    private final Writes writes;
    private final PrincipalStore people;
    private final SqlUnitOfWork work;
    private final TokenUses uses;
    private final Clock clock;

    Tokens(
            Locator locate,
            Principals principals,
            Writes writes,
            PrincipalStore people,
            SqlUnitOfWork work,
            TokenUses uses,
            Clock clock) {
        this.locate = locate;
        this.principals = principals;
        this.writes = writes;
        this.people = people;
        this.work = work;
        this.uses = uses;
        this.clock = clock;
    }

    /** A token in clear, which is shown once and never again. */
    public record IssuedToken(String token, TokenRecord record) {}

    /** @param forUser oneself, or anybody when one is the metastore's admin */
    public IssuedToken issue(Caller caller, String forUser, String comment, Duration life) {
        if (!forUser.equals(caller.name())) principals.requireAdmin(caller, "issue tokens for others");
        return issueAs(caller, forUser, comment, life);
    }

    /** Requires: the caller may issue tokens for the user. */
    IssuedToken issueAs(Caller caller, String forUser, String comment, Duration life) {
        if (!principals.isUser(forUser)) throw Failure.notFound(Subject.ANYTHING, "User %s does not exist.", forUser);
        return issue(caller.name(), draft(forUser, comment, life, Kind.PERSONAL, List.of()));
    }

    public IssuedToken issueSecret(Caller caller, String serviceId, Duration life) {
        principals.requireAdmin(caller, "make secrets of service principals");
        UserRecord service = principals.byId(serviceId, UserRecord.Kind.SERVICE);
        return issue(caller.name(), draft(service.name(), "", life, Kind.SECRET, List.of()));
    }

    /** @param groups which an issuer said the principal is in */
    IssuedToken openSession(String principal, String comment, Duration life, List<String> groups) {
        return issue(principal, draft(principal, comment, life, Kind.SESSION, groups));
    }

    /** Makes sure that a token that was handed over by other means is good, as at the first start. */
    public void adopt(String forUser, String token, String comment, Duration life) {
        if (locate.root().token(BearerToken.digest(token)) == null)
            write(forUser, new Draft(token, record(token, forUser, comment, life, Kind.PERSONAL, List.of())));
    }

    private record Draft(String token, TokenRecord record) {}

    private Draft draft(String principal, String comment, Duration life, Kind kind, List<String> groups) {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0)
            throw Failure.invalid(
                    "A token lives between 1 second and %d days; %d seconds were asked for.",
                    LONGEST_LIFE.toDays(), life.toSeconds());
        String token = BearerToken.random(kind);
        return new Draft(token, record(token, principal, comment, life, kind, groups));
    }

    private TokenRecord record(
            String token, String principal, String comment, Duration life, Kind kind, List<String> groups) {
        long now = clock.millis();
        return new TokenRecord(
                UUID.randomUUID().toString(),
                BearerToken.digest(token),
                principal,
                comment,
                now,
                now + life.toMillis(),
                kind,
                groups);
    }

    private IssuedToken issue(String by, Draft draft) {
        write(by, draft);
        return new IssuedToken(draft.token(), draft.record());
    }

    private void write(String by, Draft draft) {
        TokenRecord record = draft.record();
        List<TokenRecord> swept = longEnded();
        List<Change> changes = new ArrayList<>();
        swept.forEach(token -> changes.add(new Change.TokenGone(token.digest())));
        changes.add(new Change.TokenPut(record));
        writes.writeRoot(
                AuditEntry.done(
                        by,
                        "accounts",
                        action(record.kind()),
                        Map.of("user", record.principal(), "token_id", record.id())),
                connection -> {
                    for (TokenRecord token : swept) people.deleteToken(connection, token.digest());
                    people.insertToken(connection, record);
                },
                changes.toArray(Change[]::new));
        swept.forEach(token -> uses.forget(token.id()));
    }

    private static String action(Kind kind) {
        return switch (kind) {
            case PERSONAL -> "generateDbToken";
            case SECRET -> "createServicePrincipalSecret";
            case SESSION -> "tokenLogin";
        };
    }

    private List<TokenRecord> longEnded() {
        long before = clock.millis() - KEPT_AFTER_END.toMillis();
        return locate.root().tokens().values().stream()
                .filter(token -> token.expiresAt() < before)
                .limit(MOST_SWEPT)
                .toList();
    }

    public void revoke(Caller caller, String tokenId) {
        TokenRecord token = byId(tokenId);
        if (!token.principal().equals(caller.name())) principals.requireAdmin(caller, "revoke tokens of others");
        end(caller, token);
    }

    public void revokeSecret(Caller caller, String serviceId, String secretId) {
        principals.requireAdmin(caller, "revoke secrets of service principals");
        UserRecord service = principals.byId(serviceId, UserRecord.Kind.SERVICE);
        TokenRecord secret = byId(secretId);
        if (secret.kind() != Kind.SECRET || !secret.principal().equals(service.name()))
            throw Failure.notFound(Subject.ANYTHING, "%s has no secret %s.", service.displayName(), secretId);
        end(caller, secret);
    }

    void end(Caller caller, TokenRecord token) {
        writes.writeRoot(
                AuditEntry.done(caller.name(), "accounts", "revokeDbToken", Map.of("token_id", token.id())),
                connection -> people.deleteToken(connection, token.digest()),
                new Change.TokenGone(token.digest()));
        uses.forget(token.id());
    }

    private TokenRecord byId(String tokenId) {
        return locate.root().tokens().values().stream()
                .filter(candidate -> candidate.id().equals(tokenId))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "No token has the id %s.", tokenId));
    }

    /** @param lastUsed to the minute; empty for what was never used */
    public record UsedToken(TokenRecord record, Optional<Long> lastUsed) {}

    public List<UsedToken> list(Caller caller) {
        return used(locate.root().tokensOf(caller.name()).stream()
                .filter(token -> token.kind() == Kind.PERSONAL)
                .toList());
    }

    public List<UsedToken> listSecrets(Caller caller, String serviceId) {
        principals.requireAdmin(caller, "list secrets of service principals");
        UserRecord service = principals.byId(serviceId, UserRecord.Kind.SERVICE);
        return used(locate.root().tokensOf(service.name()).stream()
                .filter(token -> token.kind() == Kind.SECRET)
                .toList());
    }

    private List<UsedToken> used(List<TokenRecord> tokens) {
        Map<String, Long> unwritten = uses.unwritten();
        Map<String, Long> written = work.read(connection -> people.tokenUses(connection, tokens));
        return tokens.stream()
                .map(token -> {
                    Optional<Long> latest = Optional.ofNullable(unwritten.get(token.id()));
                    return new UsedToken(token, latest.or(() -> Optional.ofNullable(written.get(token.id()))));
                })
                .toList();
    }

    /** Whether the text is a good secret of that service principal. */
    Optional<TokenRecord> secret(String serviceName, String secret) {
        RootSnapshot root = locate.root();
        TokenRecord found = root.token(BearerToken.digest(secret));
        if (found == null || found.kind() != Kind.SECRET || !found.principal().equals(serviceName))
            return Optional.empty();
        if (!root.isActive(serviceName) || found.expiresAt() <= clock.millis()) return Optional.empty();
        uses.noted(found.id(), clock.millis());
        return Optional.of(found);
    }

    /** To be called now and then, and before the end. */
    public void writeDownUses() {
        Map<String, Long> unwritten = uses.unwritten();
        if (unwritten.isEmpty()) return;
        work.aside(connection -> people.noteTokenUses(connection, unwritten));
        uses.written(unwritten);
    }
}
