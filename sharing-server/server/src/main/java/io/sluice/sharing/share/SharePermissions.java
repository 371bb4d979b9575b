package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.model.work.Territory;
import io.sluice.model.work.Transaction;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.recipient.DirectoryChanges;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.RecipientStore;
import io.sluice.sharing.recipient.Recipients;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which recipients read which shares. A grant is given by who manages the share, seen from both sides. */
public final class SharePermissions {
    private final UnitOfWork work;
    private final ShareStore store;
    private final RecipientStore recipientStore;
    private final Shares shares;
    private final Recipients recipients;
    private final DirectoryChanges directory;
    private final Clock clock;

    public SharePermissions(
            UnitOfWork work,
            ShareStore store,
            RecipientStore recipientStore,
            Shares shares,
            Recipients recipients,
            DirectoryChanges directory,
            Clock clock) {
        this.work = work;
        this.store = store;
        this.recipientStore = recipientStore;
        this.shares = shares;
        this.recipients = recipients;
        this.directory = directory;
        this.clock = clock;
    }

    /** Who may read the share, by name. */
    public List<RecipientName> readersOf(String principal, ShareName name) {
        return work.read(connection -> readers(connection, shares.managed(connection, principal, name)));
    }

    /** What the recipient may read, by name. */
    public Page<ShareName> sharesOf(String principal, RecipientName name, PageRequest page) {
        RecipientId recipient = recipients.get(principal, name).recipient().id();
        return work.read(connection -> {
            Set<ShareId> granted = store.allGrants(connection).stream()
                    .filter(grant -> grant.recipient().equals(recipient))
                    .map(ShareGrant::share)
                    .collect(Collectors.toSet());
            List<ShareName> names = store.all(connection).stream()
                    .filter(share -> granted.contains(share.id()))
                    .map(Share::name)
                    .sorted()
                    .toList();
            return Page.of(names, ShareName::value, page);
        });
    }

    /** All changes or none; answers who may read the share then. */
    public List<RecipientName> change(String principal, ShareName name, List<PermissionChange> changes) {
        return work.write(Territory.ROOT, tx -> {
            Share share = shares.managed(tx.connection(), principal, name);
            for (PermissionChange change : changes) apply(tx, principal, share, change);
            tx.afterCommit(directory::changed);
            return readers(tx.connection(), share);
        });
    }

    private void apply(Transaction tx, String principal, Share share, PermissionChange change) {
        Recipient recipient = recipientStore
                .find(tx.connection(), change.recipient())
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "Recipient \"%s\" does not exist. Shares are granted to recipients only.",
                        change.recipient()));
        ShareGrant grant = new ShareGrant(share.id(), recipient.id(), clock.instant(), principal);
        if (change.kind() == PermissionChange.Kind.GRANT) store.grant(tx.connection(), grant);
        else store.revoke(tx.connection(), grant);
        tx.audit(AuditEntry.done(
                principal,
                "deltaSharing",
                "updateSharePermissions",
                Map.of(
                        "share", share.name().value(),
                        "recipient_name", recipient.name().value(),
                        "change", change.kind().name())));
    }

    private List<RecipientName> readers(Connection connection, Share share) {
        Map<RecipientId, Recipient> known =
                recipientStore.all(connection).stream().collect(Collectors.toMap(Recipient::id, Function.identity()));
        return store.allGrants(connection).stream()
                .filter(grant -> grant.share().equals(share.id()))
                .map(grant -> known.get(grant.recipient()))
                .filter(Objects::nonNull)
                .map(Recipient::name)
                .sorted()
                .toList();
    }
}
