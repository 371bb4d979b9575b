package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.federation.IdentityTokens;
import io.sluice.sharing.oauth.AccessTokens;
import io.sluice.sharing.recipient.ClientAddress;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.SecretHash;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.ShareDirectory;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Tells recipients by their bearer tokens, which are ours or their identity provider's, and lets them in from where they
 * may come.
 */
public final class RecipientAuthentication {
    private static final String SCHEME = "Bearer ";
    /** How a JSON object begins in base64url. */
    private static final String JWT_BEGIN = "ey";

    private final LiveDirectory directory;
    private final IdentityTokens identities;
    private final AccessTokens access;
    private final ClientAddress client;
    private final Clock clock;

    public RecipientAuthentication(
            LiveDirectory directory,
            IdentityTokens identities,
            AccessTokens access,
            ClientAddress client,
            Clock clock) {
        this.directory = directory;
        this.identities = identities;
        this.access = access;
        this.client = client;
        this.clock = clock;
    }

    /** @param authorization the header of that name */
    public Recipient authenticate(Optional<String> authorization) {
        String bearer = authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).trim())
                .orElseThrow(() -> Failure.unauthenticated(
                        "The request has no bearer token. Send the token of your profile file as "
                                + "\"Authorization: Bearer …\"."));
        ShareDirectory known = directory.current();
        Recipient recipient = identify(known, bearer);
        recipient.admission().addresses().require(client.current());
        return recipient;
    }

    private Recipient identify(ShareDirectory known, String bearer) {
        if (isJwt(bearer)) return federated(known, bearer);
        // One text for unknown, expired and rotated tokens: more would help only those who guess.
        return (AccessTokens.isOne(bearer) ? client(known, bearer) : holder(known, bearer))
                .orElseThrow(() -> Failure.unauthenticated(
                        "The bearer token is not valid, or no longer. Ask the provider for a new profile file."));
    }

    private Optional<Recipient> holder(ShareDirectory known, String bearer) {
        return known.authenticate(SecretHash.of(bearer), clock.instant());
    }

    /** A rotation ends the tokens that were issued for the old secret, too. */
    private Optional<Recipient> client(ShareDirectory known, String bearer) {
        return access.open(bearer)
                .flatMap(id -> known.client(id, clock.instant()))
                .flatMap(credential -> known.recipient(credential.recipient()));
    }

    private Recipient federated(ShareDirectory known, String bearer) {
        Set<Recipient> admitted = known.admitted(identities.verify(bearer, known::believes), clock.instant());
        if (admitted.size() == 1) return admitted.iterator().next();
        throw Failure.unauthenticated(
                admitted.isEmpty()
                        ? "No federation policy lets the bearer of this token in. Ask the provider to compare issuer,"
                                + " audience and subject."
                        : "Federation policies of several recipients let the bearer of this token in. Ask the provider"
                                + " to keep one.");
    }

    private static boolean isJwt(String bearer) {
        return bearer.startsWith(JWT_BEGIN) && bearer.indexOf('.') != bearer.lastIndexOf('.');
    }
}
