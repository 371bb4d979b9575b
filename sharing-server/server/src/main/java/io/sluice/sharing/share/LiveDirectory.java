package io.sluice.sharing.share;

import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.federation.FederationStore;
import io.sluice.sharing.recipient.DirectoryChanges;
import io.sluice.sharing.recipient.RecipientStore;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current {@link ShareDirectory}. Fails closed: after a change it never answers from before the change, even
 * if the store cannot be read just then; the next question reads again, and fails if that fails. Safe for many threads.
 */
public final class LiveDirectory implements DirectoryChanges {
    private final UnitOfWork work;
    private final ShareStore shares;
    private final RecipientStore recipients;
    private final FederationStore policies;
    private final Object loading = new Object();

    private volatile @Nullable ShareDirectory current;
    private long changes;

    /** Loads on first use. */
    public LiveDirectory(UnitOfWork work, ShareStore shares, RecipientStore recipients, FederationStore policies) {
        this.work = work;
        this.shares = shares;
        this.recipients = recipients;
        this.policies = policies;
    }

    public ShareDirectory current() {
        ShareDirectory known = current;
        return known != null ? known : load();
    }

    /** Reads the store anew: for changes that another pod has made. */
    public void refresh() {
        changed();
        load();
    }

    /** Runs behind a commit, where nothing may fail any more: so it only forgets, and the next question loads. */
    @Override
    public synchronized void changed() {
        changes++;
        current = null;
    }

    /** One thread reads, the others wait for what it finds. */
    private ShareDirectory load() {
        synchronized (loading) {
            while (true) {
                ShareDirectory known = current;
                if (known != null) return known;
                long before = changes();
                keep(work.read(this::read), before);
            }
        }
    }

    private synchronized long changes() {
        return changes;
    }

    /** Rows read before the latest change may be from before it, and are not kept. */
    private synchronized void keep(ShareDirectory loaded, long changesBefore) {
        if (changes == changesBefore) current = loaded;
    }

    private ShareDirectory read(Connection connection) {
        return ShareDirectory.of(new ShareDirectory.Rows(
                shares.all(connection),
                shares.allObjects(connection),
                shares.allSchemas(connection),
                shares.allAssets(connection),
                shares.allGrants(connection),
                recipients.all(connection),
                recipients.allTokens(connection),
                policies.all(connection)));
    }
}
