package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.access.Identity;
import io.sluice.catalog.access.TrustedIssuers;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Sessions in exchange for what somebody else vouches for, or for a service principal's secret. */
public final class SignIn {
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);

    private final Locator locate;
    private final Tokens tokens;
    private final TrustedIssuers issuers;
    private final Authenticator authenticator;
    private final Clock clock;

    SignIn(Locator locate, Tokens tokens, TrustedIssuers issuers, Authenticator authenticator, Clock clock) {
        this.locate = locate;
        this.tokens = tokens;
        this.issuers = issuers;
        this.authenticator = authenticator;
        this.clock = clock;
    }

    /** A session lives no longer than what it was given for. */
    public Tokens.IssuedToken exchange(String issuersToken) {
        Identity identity = issuers.verify(issuersToken);
        if (!locate.root().isActive(identity.principal()))
            throw Failure.unauthenticated(
                    "%s is no user of this metastore. Ask an admin to add them.", identity.principal());
        Duration life = lifeWithin(identity.expiresAt());
        if (life.isNegative() || life.isZero()) throw Failure.unauthenticated("The token has expired. Sign in again.");
        return tokens.openSession(identity.principal(), "token exchange", life, identity.groups());
    }

    public Tokens.IssuedToken withSecret(String serviceName, String secret) {
        TokenRecord found = tokens.secret(serviceName, secret)
                .orElseThrow(() -> Failure.unauthenticated(
                        "There is no service principal of that id with that secret, or the secret has expired."));
        return tokens.openSession(serviceName, "client credentials", lifeWithin(found.expiresAt()), List.of());
    }

    private Duration lifeWithin(long end) {
        Duration left = Duration.ofMillis(end - clock.millis());
        return left.compareTo(LONGEST_SESSION) < 0 ? left : LONGEST_SESSION;
    }

    /** Ends a session. A personal token is no session and stays; it is revoked by its id. */
    public void out(String token) {
        TokenRecord session = authenticator.session(token);
        if (session.kind() == TokenRecord.Kind.SESSION) tokens.end(new Caller(session.principal()), session);
    }
}
