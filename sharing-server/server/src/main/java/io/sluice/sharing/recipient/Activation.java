package io.sluice.sharing.recipient;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.PublicAddress;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a one-use link into a secret: a bearer token, or that of an OAuth client. Nobody is logged in here: holding the
 * link is the proof. The secret is made in the same transaction that burns the link, and only its hash is stored, so a lost answer means a new rotation.
 */
public final class Activation {
    private static final String ANYBODY = "anonymous";

    private final UnitOfWork work;
    private final RecipientStore store;
    private final DirectoryChanges directory;
    private final PublicAddress address;
    private final ClientAddress client;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    public Activation(
            UnitOfWork work,
            RecipientStore store,
            DirectoryChanges directory,
            PublicAddress address,
            ClientAddress client,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.directory = directory;
        this.address = address;
        this.client = client;
        this.clock = clock;
    }

    /**
     * A profile file's content.
     *
     * @param secret the bearer token; of an OAuth client, its secret
     * @param client empty for recipients with a bearer token
     */
    public record Credential(String endpoint, String secret, Optional<OAuthClient> client, Instant expiresAt) {
        @Override
        public String toString() {
            return "Credential for " + endpoint + " until " + expiresAt;
        }
    }

    /** Who asks which address for short-lived tokens. */
    public record OAuthClient(String id, String tokenEndpoint) {}

    /** What a link that still works leads to. */
    public record Invitation(Recipient recipient, RecipientToken token) {}

    /** Says what the link is for, without using it. Fails when it no longer works, or not from here. */
    public Invitation find(String nonce) {
        return work.read(connection -> find(connection, SecretHash.of(nonce)));
    }

    public Credential activate(String nonce) {
        SecretHash link = SecretHash.of(nonce);
        return work.write(Territory.ROOT, tx -> {
            Invitation invitation = find(tx.connection(), link);
            RecipientToken token = invitation.token();
            Credential credential =
                    credential(invitation.recipient().admission().type(), token);
            if (!store.activate(tx.connection(), link, SecretHash.of(credential.secret()), clock.instant()))
                throw spent();
            tx.audit(AuditEntry.done(
                    ANYBODY,
                    "deltaSharing",
                    "deltaSharingActivateToken",
                    Map.of("recipient_id", token.recipient().value(), "token_id", token.id())));
            tx.afterCommit(directory::changed);
            return credential;
        });
    }

    private Credential credential(AuthenticationType type, RecipientToken token) {
        boolean isClient = type == AuthenticationType.OAUTH_CLIENT_CREDENTIALS;
        return new Credential(
                address.sharingEndpoint(),
                isClient ? secrets.clientSecret() : secrets.bearer(),
                isClient ? Optional.of(new OAuthClient(token.id(), address.tokenEndpoint())) : Optional.empty(),
                token.expiresAt());
    }

    private Invitation find(Connection connection, SecretHash link) {
        RecipientToken token = store.findByNonce(connection, link)
                .filter(found -> found.isPendingAt(clock.instant()))
                .orElseThrow(Activation::spent);
        Recipient recipient = store.find(connection, token.recipient()).orElseThrow(Activation::spent);
        recipient.admission().addresses().require(client.current());
        return new Invitation(recipient, token);
    }

    /** One answer for unknown, used and expired links: more would help only those who guess. */
    private static Failure spent() {
        return Failure.notFound(
                Failure.Subject.ANYTHING,
                "This activation link is unknown, used or expired. Ask the provider to rotate the token.");
    }
}
