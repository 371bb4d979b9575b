package io.sluice.sharing.share;

import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.Freshness;
import io.sluice.sharing.federation.FederationStore;
import io.sluice.sharing.recipient.DirectoryChanges;
import io.sluice.sharing.recipient.RecipientStore;
import java.sql.Connection;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current {@link ShareDirectory}. Fails closed: after a change it never answers from before the change, even
 * if the store cannot be read just then; the next question reads again, and fails if that fails. Of changes that other
 * pods make it hears by its {@link Freshness}; where nobody would tell it, each question reads the store, and only those
 * who wait for the same reading share it. Safe for many threads.
 */
public final class LiveDirectory implements DirectoryChanges {
    private final UnitOfWork work;
    private final ShareStore shares;
    private final RecipientStore recipients;
    private final FederationStore policies;
    private final Freshness freshness;
    private final Object loading = new Object();

    private volatile @Nullable Known current;
    private volatile long changes;
    private @Nullable Reading last;

    /** What may be answered from memory, for as long as the tenure it was read in. */
    private record Known(ShareDirectory directory, OptionalLong tenure) {}

    private record Reading(ShareDirectory directory, long begunNanos) {}

    /** Loads on first use. */
    public LiveDirectory(
            UnitOfWork work,
            ShareStore shares,
            RecipientStore recipients,
            FederationStore policies,
            Freshness freshness) {
        this.work = work;
        this.shares = shares;
        this.recipients = recipients;
        this.policies = policies;
        this.freshness = freshness;
    }

    public ShareDirectory current() {
        ShareDirectory known = remembered();
        return known != null ? known : load(System.nanoTime());
    }

    private @Nullable ShareDirectory remembered() {
        Known known = current;
        return known != null && known.tenure().equals(freshness.tenure()) ? known.directory() : null;
    }

    /** Runs behind a commit, where nothing may fail any more: so it only forgets, and the next question loads. */
    @Override
    public synchronized void changed() {
        changes++;
        current = null;
    }

    /** One thread reads, the others wait for what it finds. */
    private ShareDirectory load(long askedNanos) {
        synchronized (loading) {
            while (true) {
                ShareDirectory known = remembered();
                if (known != null) return known;
                Reading before = last;
                if (before != null && before.begunNanos() - askedNanos > 0) return before.directory();
                read();
            }
        }
    }

    private void read() {
        OptionalLong tenure = freshness.tenure();
        long changesBefore = changes;
        long begunNanos = System.nanoTime();
        ShareDirectory read = work.read(this::read);
        keep(read, tenure, changesBefore, begunNanos);
    }

    /** Rows read before the latest change may be from before it, and are not kept. */
    private synchronized void keep(ShareDirectory read, OptionalLong tenure, long changesBefore, long begunNanos) {
        if (changes != changesBefore) return;
        last = new Reading(read, begunNanos);
        if (tenure.isPresent()) current = new Known(read, tenure);
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
