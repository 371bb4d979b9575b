package io.sluice.sharing.federation;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.recipient.AuthenticationType;
import io.sluice.sharing.recipient.DirectoryChanges;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.Recipients;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Managing the policies of recipients. Who may: whoever manages the recipient. */
public final class FederationPolicies {
    /** Each of an issuer's policies is looked at for each of its tokens. */
    private static final int MOST_OF_A_RECIPIENT = 20;

    private final UnitOfWork work;
    private final FederationStore store;
    private final Recipients recipients;
    private final DirectoryChanges directory;
    private final PublicAddress address;
    private final Clock clock;

    public FederationPolicies(
            UnitOfWork work,
            FederationStore store,
            Recipients recipients,
            DirectoryChanges directory,
            PublicAddress address,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.recipients = recipients;
        this.directory = directory;
        this.address = address;
        this.clock = clock;
    }

    public FederationPolicy create(String principal, RecipientName recipientName, NewPolicy wanted) {
        return write(principal, "createRecipientFederationPolicy", recipientName, (tx, recipient) -> {
            requireRoom(tx.connection(), recipient);
            FederationPolicy policy = policy(recipient, wanted, principal);
            if (!store.insert(tx.connection(), policy))
                throw Failure.alreadyExists(
                        Failure.Subject.ANYTHING,
                        "Recipient \"%s\" has a policy \"%s\" already. Choose another name.",
                        recipientName,
                        policy.name());
            return policy;
        });
    }

    public FederationPolicy get(String principal, RecipientName recipient, PolicyName name) {
        return work.read(
                connection -> existing(connection, recipients.managed(connection, principal, recipient), name));
    }

    /** By name. */
    public Page<FederationPolicy> list(String principal, RecipientName recipient, PageRequest page) {
        return work.read(connection -> Page.of(
                store.of(
                        connection,
                        recipients.managed(connection, principal, recipient).id()),
                policy -> policy.name().value(),
                page));
    }

    public FederationPolicy update(String principal, RecipientName recipientName, PolicyName name, PolicyPatch patch) {
        return write(principal, "updateRecipientFederationPolicy", recipientName, (tx, recipient) -> {
            FederationPolicy policy = existing(tx.connection(), recipient, name);
            FederationPolicy changed = patch.applyTo(policy, policy.authorship().updatedBy(principal, clock.instant()));
            store.update(tx.connection(), changed);
            return changed;
        });
    }

    /** Ends the access of all that it let in, at once. */
    public void delete(String principal, RecipientName recipientName, PolicyName name) {
        write(principal, "deleteRecipientFederationPolicy", recipientName, (tx, recipient) -> {
            FederationPolicy policy = existing(tx.connection(), recipient, name);
            store.delete(tx.connection(), policy);
            return policy;
        });
    }

    private FederationPolicy policy(Recipient recipient, NewPolicy wanted, String principal) {
        String id = UUID.randomUUID().toString();
        List<String> audiences = wanted.audiences().isEmpty() ? List.of(address.sharingEndpoint()) : wanted.audiences();
        return new FederationPolicy(
                id,
                recipient.id(),
                new PolicyName(wanted.name().filter(name -> !name.isEmpty()).orElse(id)),
                wanted.comment().filter(text -> !text.isEmpty()),
                new OidcPolicy(wanted.issuer(), audiences, wanted.subjectClaim(), wanted.subject()),
                Authorship.createdBy(principal, clock.instant()));
    }

    private void requireRoom(Connection connection, Recipient recipient) {
        if (recipient.admission().type() != AuthenticationType.OIDC_FEDERATION)
            throw Failure.invalid(
                    "Recipient \"%s\" has the authentication_type %s. Policies are for those with %s.",
                    recipient.name(), recipient.admission().type(), AuthenticationType.OIDC_FEDERATION);
        if (store.of(connection, recipient.id()).size() >= MOST_OF_A_RECIPIENT)
            throw Failure.invalid(
                    "Recipient \"%s\" has %d policies, which is the most. Delete one first.",
                    recipient.name(), MOST_OF_A_RECIPIENT);
    }

    private FederationPolicy existing(Connection connection, Recipient recipient, PolicyName name) {
        return store.of(connection, recipient.id()).stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "Recipient \"%s\" has no policy \"%s\". Create it first.",
                        recipient.name(),
                        name));
    }

    private interface Change {
        FederationPolicy in(Transaction tx, Recipient recipient);
    }

    private FederationPolicy write(String principal, String action, RecipientName name, Change change) {
        return work.write(Territory.ROOT, tx -> {
            FederationPolicy policy = change.in(tx, recipients.managed(tx.connection(), principal, name));
            tx.audit(AuditEntry.done(
                    principal,
                    "deltaSharing",
                    action,
                    Map.of(
                            "recipient_name", name.value(),
                            "policy_name", policy.name().value())));
            tx.afterCommit(directory::changed);
            return policy;
        });
    }
}
