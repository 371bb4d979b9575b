package io.sluice.sharing.recipient;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.PublicAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a one-use link into a token. Nobody is logged in here: holding the link is the proof. The bearer is made in
 * the same transaction that burns the link, and only its hash is stored, so a lost answer means a new rotation.
 */
public final class Activation {
    private static final String ANYBODY = "anonymous";

    private final UnitOfWork work;
    private final RecipientStore store;
    private final DirectoryChanges directory;
    private final PublicAddress address;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    public Activation(
            UnitOfWork work, RecipientStore store, DirectoryChanges directory, PublicAddress address, Clock clock) {
        this.work = work;
        this.store = store;
        this.directory = directory;
        this.address = address;
        this.clock = clock;
    }

    /** A profile file's content. */
    public record Credential(String endpoint, String bearer, Instant expiresAt) {
        @Override
        public String toString() {
            return "Credential for " + endpoint + " until " + expiresAt;
        }
    }

    /** Says whether the link still works, without using it. */
    public void check(String nonce) {
        Optional<RecipientToken> token = work.read(connection -> store.findByNonce(connection, SecretHash.of(nonce)));
        if (token.filter(found -> found.isPendingAt(clock.instant())).isEmpty()) throw spent();
    }

    public Credential activate(String nonce) {
        String bearer = secrets.bearer();
        SecretHash link = SecretHash.of(nonce);
        return work.write(Territory.ROOT, tx -> {
            if (!store.activate(tx.connection(), link, SecretHash.of(bearer), clock.instant())) throw spent();
            RecipientToken token = store.findByNonce(tx.connection(), link).orElseThrow();
            tx.audit(AuditEntry.done(
                    ANYBODY,
                    "deltaSharing",
                    "deltaSharingActivateToken",
                    Map.of("recipient_id", token.recipient().value(), "token_id", token.id())));
            tx.afterCommit(directory::changed);
            return new Credential(address.sharingEndpoint(), bearer, token.expiresAt());
        });
    }

    /** One answer for unknown, used and expired links: more would help only those who guess. */
    private static Failure spent() {
        return Failure.notFound(
                Failure.Subject.ANYTHING,
                "This activation link is unknown, used or expired. Ask the provider to rotate the token.");
    }
}
