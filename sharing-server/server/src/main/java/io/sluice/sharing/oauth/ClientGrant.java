package io.sluice.sharing.oauth;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.recipient.ClientAddress;
import io.sluice.sharing.recipient.RecipientToken;
import io.sluice.sharing.recipient.SecretHash;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.ShareDirectory;
import java.time.Clock;
import java.time.Duration;

/** OAuth's client credentials grant (RFC 6749, section 4.4), for recipients. */
public final class ClientGrant {
    private final LiveDirectory directory;
    private final AccessTokens tokens;
    private final ClientAddress client;
    private final Clock clock;

    public ClientGrant(LiveDirectory directory, AccessTokens tokens, ClientAddress client, Clock clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.client = client;
        this.clock = clock;
    }

    public record Granted(String token, Duration life) {
        @Override
        public String toString() {
            return "access for " + life;
        }
    }

    /** Throws unauthenticated for what is no client's id and secret, and denied where the client may not come from. */
    public Granted grant(String id, String secret) {
        ShareDirectory known = directory.current();
        RecipientToken credential = known.client(id, clock.instant())
                .filter(found ->
                        found.hash().filter(SecretHash.of(secret)::equals).isPresent())
                .orElseThrow(
                        () -> Failure.unauthenticated(
                                "The client's id or secret is not valid, or no longer. Ask the provider for a new profile file."));
        known.recipient(credential.recipient())
                .ifPresent(recipient -> recipient.admission().addresses().require(client.current()));
        AccessTokens.Issued issued = tokens.issue(id, credential.expiresAt());
        return new Granted(issued.token(), issued.life());
    }
}
