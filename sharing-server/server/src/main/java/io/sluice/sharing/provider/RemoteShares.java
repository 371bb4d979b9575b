package io.sluice.sharing.provider;

import io.sluice.client.ListedTable;
import io.sluice.client.OAuthProfile;
import io.sluice.client.Profile;
import io.sluice.client.Retries;
import io.sluice.client.SharingClient;
import io.sluice.client.TableMetadata;
import io.sluice.client.TableRef;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.provider.ProviderProfile.Credential;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks providers' servers, which are not ours: each question has an end in time, each answer in bytes, and only so many
 * questions are under way. Safe for many threads.
 */
public final class RemoteShares implements AutoCloseable {
    /** Below what callers and proxies between wait for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int AT_ONCE = 8;
    private static final long MOST_BYTES = 8L * 1024 * 1024;
    private static final Retries RETRIES = new Retries(2, Duration.ofMillis(200), Duration.ofSeconds(1));

    private final Duration patience;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), RemoteShares::thread);

    public RemoteShares(Duration patience) {
        this.patience = patience;
    }

    /** The first so many names, in the server's order. */
    List<String> shares(ProviderName name, ProviderProfile profile, int most) {
        return ask(name, profile, client -> client.shares(most));
    }

    /** The first so many tables of the share, in the server's order. */
    List<ListedTable> tables(ProviderName name, ProviderProfile profile, String share, int most) {
        return ask(name, profile, client -> client.listedTables(share, most));
    }

    TableMetadata metadata(ProviderName name, ProviderProfile profile, TableRef table) {
        return ask(name, profile, client -> client.metadata(table));
    }

    private interface Question<T> {
        T to(SharingClient client) throws IOException;
    }

    private <T> T ask(ProviderName name, ProviderProfile profile, Question<T> question) {
        RemoteRefusals refusals = new RemoteRefusals(name, profile);
        Future<T> answer = begin(name, profile, question);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) throw refusals.told(known);
            throw new IllegalStateException("asking provider " + name + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw refusals.late(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusals.late(patience);
        } finally {
            // One that is under way still is let go; the client closes its connection when interrupted.
            answer.cancel(true);
        }
    }

    private <T> Future<T> begin(ProviderName name, ProviderProfile profile, Question<T> question) {
        try {
            return threads.submit(() -> question.to(new SharingClient(signedIn(profile), RETRIES, MOST_BYTES)));
        } catch (RejectedExecutionException e) {
            throw Failure.exhausted(
                    "%d questions to providers are under way, so provider \"%s\" was not asked. Try again in a moment.",
                    AT_ONCE, name);
        }
    }

    private static Profile signedIn(ProviderProfile profile) throws IOException {
        if (profile.credential() instanceof Credential.OAuthClient client)
            return new OAuthProfile(
                            profile.endpoint().uri(),
                            client.tokenEndpoint().uri(),
                            client.id(),
                            client.secret(),
                            client.scope())
                    .signIn(RETRIES);
        return new Profile(profile.endpoint().uri(), profile.credential().secret(), profile.expiresAt());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "provider question");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
