package io.sluice.sharder.grpc;

import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.membership.Lookout.Watching;
import io.sluice.sharder.membership.PodNotice;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a lookout, on a thread of its own: whoever is asked there may be slow or away. Nothing waits for it. While
 * nothing can be seen, that is told once, and tried again every now and then.
 */
final class LookoutPost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookoutPost.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Lookout lookout;
    private final Consumer<PodNotice> listener;
    private final Duration pause;
    private final ScheduledExecutorService thread;
    private @Nullable Watching watching;
    private boolean isBlind;

    private LookoutPost(Lookout lookout, Consumer<PodNotice> listener, Duration pause, String name) {
        this.lookout = lookout;
        this.listener = listener;
        this.pause = pause;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> EventLoop.daemon(task, name));
    }

    /** Returns at once. */
    static LookoutPost open(Lookout lookout, Consumer<PodNotice> listener, String name) {
        return open(lookout, listener, PAUSE, name);
    }

    static LookoutPost open(Lookout lookout, Consumer<PodNotice> listener, Duration pause, String name) {
        LookoutPost post = new LookoutPost(lookout, listener, pause, name);
        post.thread.execute(post::look);
        return post;
    }

    private void look() {
        try {
            watching = lookout.watch(listener);
            LOG.info("the pods are seen by {}", lookout);
        } catch (RuntimeException e) {
            if (!isBlind)
                LOG.warn("{} sees nothing; the assigner goes by heartbeats and leases alone: {}", lookout, why(e));
            isBlind = true;
            thread.schedule(this::look, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static String why(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause == failure ? String.valueOf(failure.getMessage()) : failure.getMessage() + " " + cause;
    }

    /** Returns at once; what is under way ends soon. */
    @Override
    public void close() {
        thread.execute(() -> {
            if (watching != null) watching.close();
            thread.shutdownNow();
        });
    }
}
