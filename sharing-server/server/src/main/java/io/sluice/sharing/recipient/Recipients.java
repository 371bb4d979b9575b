package io.sluice.sharing.recipient;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.PublicAddress;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.SharingAuthority.Action;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Managing recipients. Who may: the recipient's owner, and administrators. */
public final class Recipients {
    static final Duration LINK_LIFE = Duration.ofHours(72);
    static final Duration TOKEN_LIFE = Duration.ofDays(90);

    private final UnitOfWork work;
    private final RecipientStore store;
    private final SharingAuthority authority;
    private final DirectoryChanges directory;
    private final PublicAddress address;
    private final Clock clock;
    private final Secrets secrets = new Secrets();

    public Recipients(
            UnitOfWork work,
            RecipientStore store,
            SharingAuthority authority,
            DirectoryChanges directory,
            PublicAddress address,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.authority = authority;
        this.directory = directory;
        this.address = address;
        this.clock = clock;
    }

    /** Makes the recipient and a one-use link that gives its token. */
    public RecipientView create(String principal, NewRecipient wanted) {
        authority.require(principal, Action.CREATE_RECIPIENT);
        Instant now = clock.instant();
        Admission admission = wanted.admission();
        Instant tokenEnd = admission.until().orElse(now.plus(TOKEN_LIFE));
        if (!tokenEnd.isAfter(now))
            throw Failure.invalid("The expiration time %s has passed. Give one after %s.", tokenEnd, now);
        boolean isActivated = admission.type().isActivated();
        Recipient recipient = new Recipient(
                RecipientId.random(),
                wanted.name(),
                wanted.owner().orElse(principal),
                wanted.comment(),
                wanted.metastore(),
                wanted.properties(),
                new Admission(
                        admission.type(), admission.addresses(), isActivated ? Optional.empty() : admission.until()),
                Authorship.createdBy(principal, now));
        return write(principal, "createRecipient", wanted.name(), tx -> {
            if (!store.insert(tx.connection(), recipient)) throw taken(wanted.name());
            return isActivated
                    ? withNewLink(tx.connection(), recipient, tokenEnd, principal, now)
                    : view(tx.connection(), recipient);
        });
    }

    public RecipientView get(String principal, RecipientName name) {
        return work.read(connection -> view(connection, managed(connection, principal, name)));
    }

    /** Those that the principal manages, by name. */
    public Page<RecipientView> list(String principal, Optional<String> metastore, PageRequest page) {
        return work.read(connection -> {
            List<Recipient> mine = store.all(connection).stream()
                    .filter(recipient -> manages(principal, recipient))
                    .filter(recipient -> metastore.isEmpty() || metastore.equals(recipient.metastore()))
                    .sorted(Comparator.comparing(Recipient::name))
                    .toList();
            return Page.of(mine, recipient -> recipient.name().value(), page)
                    .map(recipient -> view(connection, recipient));
        });
    }

    public RecipientView update(String principal, RecipientName name, RecipientPatch patch) {
        return change(principal, "updateRecipient", name, (tx, recipient) -> {
            Recipient changed = patch.applyTo(recipient, recipient.authorship().updatedBy(principal, clock.instant()));
            if (!store.update(tx.connection(), changed)) throw taken(changed.name());
            patch.until()
                    .ifPresent(
                            end -> store.moveTokens(tx.connection(), recipient.id(), end, principal, clock.instant()));
            return view(tx.connection(), changed);
        });
    }

    /** Ends all access at once. */
    public void delete(String principal, RecipientName name) {
        change(principal, "deleteRecipient", name, (tx, recipient) -> {
            store.delete(tx.connection(), recipient.id());
            return recipient;
        });
    }

    /**
     * A new link for a new token. Tokens in use go on for {@code grace} at most, which may only shorten them; links
     * that nobody has used yet die at once.
     */
    public RecipientView rotateToken(String principal, RecipientName name, Duration grace) {
        if (grace.isNegative())
            throw Failure.invalid(
                    "existing_token_expire_in_seconds is %d. Give 0 to end the existing token at once, or more.",
                    grace.toSeconds());
        return change(principal, "rotateRecipientToken", name, (tx, recipient) -> {
            if (!recipient.admission().type().isActivated())
                throw Failure.invalid(
                        "Recipient \"%s\" has no token of ours: it brings one of its identity provider.", name);
            Instant now = clock.instant();
            store.supersedeTokens(tx.connection(), recipient.id(), plusBounded(now, grace), principal, now);
            store.dropPendingTokens(tx.connection(), recipient.id());
            return withNewLink(tx.connection(), recipient, now.plus(TOKEN_LIFE), principal, now);
        });
    }

    private RecipientView withNewLink(
            Connection connection, Recipient recipient, Instant tokenEnd, String principal, Instant now) {
        String nonce = secrets.nonce();
        RecipientToken token = new RecipientToken(
                UUID.randomUUID().toString(),
                recipient.id(),
                SecretHash.of(nonce),
                now.plus(LINK_LIFE),
                Optional.empty(),
                tokenEnd,
                false,
                Authorship.createdBy(principal, now));
        store.insertToken(connection, token);
        return new RecipientView(
                recipient, store.tokensOf(connection, recipient.id()), Optional.of(address.activationLink(nonce)));
    }

    private RecipientView view(Connection connection, Recipient recipient) {
        return new RecipientView(recipient, store.tokensOf(connection, recipient.id()), Optional.empty());
    }

    /** Fails unless the principal may manage the recipient. */
    public Recipient managed(Connection connection, String principal, RecipientName name) {
        Recipient recipient = store.find(connection, name)
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING, "Recipient \"%s\" does not exist. Create it first.", name));
        if (!manages(principal, recipient))
            throw Failure.denied(
                    "%s may not manage recipient \"%s\". Its owner %s may.", principal, name, recipient.owner());
        return recipient;
    }

    private boolean manages(String principal, Recipient recipient) {
        return recipient.owner().equals(principal) || authority.allows(principal, Action.MANAGE_EVERY_RECIPIENT);
    }

    private <T> T change(
            String principal, String action, RecipientName name, BiFunction<Transaction, Recipient, T> change) {
        return write(principal, action, name, tx -> change.apply(tx, managed(tx.connection(), principal, name)));
    }

    private <T> T write(String principal, String action, RecipientName name, UnitOfWork.Write<T> write) {
        return work.write(Territory.ROOT, tx -> {
            T result = write.in(tx);
            tx.audit(AuditEntry.done(principal, "deltaSharing", action, Map.of("recipient_name", name.value())));
            tx.afterCommit(directory::changed);
            return result;
        });
    }

    /** A grace of many years is as good as for ever, and must not overflow. */
    private static Instant plusBounded(Instant now, Duration grace) {
        Duration bound = TOKEN_LIFE.multipliedBy(400);
        return now.plus(grace.compareTo(bound) < 0 ? grace : bound);
    }

    private static Failure taken(RecipientName name) {
        return Failure.alreadyExists(
                Failure.Subject.ANYTHING, "Recipient \"%s\" exists already. Choose another name.", name);
    }
}
