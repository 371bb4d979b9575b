package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.recipient.ClientAddress;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.SecretHash;
import io.sluice.sharing.share.LiveDirectory;
import java.time.Clock;
import java.util.Optional;

/** Tells recipients by their bearer tokens, and lets them in from where they may come. */
public final class RecipientAuthentication {
    private static final String SCHEME = "Bearer ";

    private final LiveDirectory directory;
    private final ClientAddress client;
    private final Clock clock;

    public RecipientAuthentication(LiveDirectory directory, ClientAddress client, Clock clock) {
        this.directory = directory;
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
        Recipient recipient = identify(bearer);
        recipient.admission().addresses().require(client.current());
        return recipient;
    }

    private Recipient identify(String bearer) {
        // One text for unknown, expired and rotated tokens: more would help only those who guess.
        return directory
                .current()
                .authenticate(SecretHash.of(bearer), clock.instant())
                .orElseThrow(() -> Failure.unauthenticated(
                        "The bearer token is not valid, or no longer. Ask the provider for a new profile file."));
    }
}
