package io.sluice.catalog.access;

import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the Authorization header into a caller. There is no way around it: authentication is always on. */
public final class Authenticator {
    private static final String SCHEME = "Bearer ";

    private final Snapshots snapshots;
    private final Clock clock;

    public Authenticator(Snapshots snapshots, Clock clock) {
        this.snapshots = snapshots;
        this.clock = clock;
    }

    public Caller authenticate(@Nullable String authorizationHeader) {
        return authenticate(snapshots.root(), authorizationHeader);
    }

    /** As above against a root that the caller already holds. */
    public Caller authenticate(RootSnapshot root, @Nullable String authorizationHeader) {
        if (authorizationHeader == null || !authorizationHeader.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            throw Failure.unauthenticated("No bearer token was sent. Send the header Authorization: Bearer TOKEN.");

        String token = authorizationHeader.substring(SCHEME.length()).trim();
        TokenRecord found = root.token(BearerToken.digest(token));
        if (found == null)
            throw Failure.unauthenticated("The bearer token is not known. It was mistyped, revoked or never issued.");
        if (found.expiresAt() <= clock.millis())
            throw Failure.unauthenticated("The bearer token has expired. Ask for a new one.");

        Optional<UserRecord> user = root.findUser(found.principal());
        if (user.isEmpty() || !user.get().active())
            throw Failure.unauthenticated("The user of this bearer token is gone or switched off.");
        return new Caller(found.principal());
    }
}
