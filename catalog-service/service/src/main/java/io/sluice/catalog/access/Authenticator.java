package io.sluice.catalog.access;

import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the Authorization header into a caller. There is no way around it: authentication is always on. */
public final class Authenticator {
    private static final String SCHEME = "Bearer ";

    private final Snapshots snapshots;
    private final TrustedIssuers issuers;
    private final TokenUses uses;
    private final Clock clock;

    public Authenticator(Snapshots snapshots, TrustedIssuers issuers, TokenUses uses, Clock clock) {
        this.snapshots = snapshots;
        this.issuers = issuers;
        this.uses = uses;
        this.clock = clock;
    }

    /** May ask an issuer for its keys, and so must not be called on an event loop. */
    public Caller authenticate(@Nullable String authorizationHeader) {
        return authenticate(snapshots.root(), bearer(authorizationHeader));
    }

    /** As above, for the token itself and against a root that the caller holds already. */
    public Caller authenticate(RootSnapshot root, String token) {
        Caller remembered = remembered(root, token);
        if (remembered != null) return remembered;
        if (!issuers.mayBeTheirs(token)) throw unknown();
        return asCaller(root, issuers.verify(token));
    }

    /** Whether the token was made for this metastore, by us or by an issuer, be it good or not. */
    public boolean knows(RootSnapshot root, String token) {
        return root.token(BearerToken.digest(token)) != null || issuers.isForUs(token);
    }

    /** At once and against a root that the caller already holds; null when that does not tell. */
    public @Nullable Caller fromMemory(RootSnapshot root, @Nullable String authorizationHeader) {
        return remembered(root, bearer(authorizationHeader));
    }

    /** What is kept of a token of our own that is good now. */
    public TokenRecord session(String token) {
        return valid(snapshots.root(), BearerToken.digest(token)).orElseThrow(Authenticator::unknown);
    }

    public static String bearer(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            throw Failure.unauthenticated("No bearer token was sent. Send the header Authorization: Bearer TOKEN.");
        return header.substring(SCHEME.length()).trim();
    }

    private @Nullable Caller remembered(RootSnapshot root, String token) {
        String digest = BearerToken.digest(token);
        Optional<TokenRecord> own = valid(root, digest);
        if (own.isPresent()) return asCaller(root, own.get());
        Identity identity = issuers.fromMemory(digest);
        return identity == null ? null : asCaller(root, identity);
    }

    private Optional<TokenRecord> valid(RootSnapshot root, String digest) {
        TokenRecord found = root.token(digest);
        if (found == null) return Optional.empty();
        if (found.expiresAt() <= clock.millis())
            throw Failure.unauthenticated("The bearer token has expired. Ask for a new one.");
        return Optional.of(found);
    }

    private Caller asCaller(RootSnapshot root, TokenRecord token) {
        if (token.kind() == TokenRecord.Kind.SECRET)
            throw Failure.unauthenticated(
                    "This is the secret of a service principal. Exchange it for a token at /oidc/v1/token.");
        requireActive(root, token.principal());
        uses.noted(token.id(), clock.millis());
        return caller(root, token.principal(), token.groups());
    }

    private Caller asCaller(RootSnapshot root, Identity identity) {
        requireActive(root, identity.principal());
        return caller(root, identity.principal(), identity.groups());
    }

    private static void requireActive(RootSnapshot root, String principal) {
        if (!root.isActive(principal))
            throw Failure.unauthenticated(
                    "The user of this bearer token is not known here, or switched off. Ask an admin.");
    }

    private static Caller caller(RootSnapshot root, String principal, List<String> named) {
        if (named.isEmpty()) return new Caller(principal);
        Set<String> groups = new HashSet<>(root.groups().of(principal));
        for (String group : named) {
            // A group that is not known here has no grants, and a user's name must not pass for a group.
            if (root.groups().find(group).isEmpty()) continue;
            groups.add(group);
            groups.addAll(root.groups().of(group));
        }
        return new Caller(principal, Set.copyOf(groups));
    }

    private static Failure unknown() {
        return Failure.unauthenticated("The bearer token is not known. It was mistyped, revoked or never issued.");
    }
}
