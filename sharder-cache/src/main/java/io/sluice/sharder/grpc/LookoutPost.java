package io.sluice.sharder.grpc;

import io.sluice.sharder.Target;
import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.membership.Lookout.Watching;
import io.sluice.sharder.membership.PodNotice;
import java.io.IOException;
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
    private static final int TOO_SILENT = 2;

    private final Lookout lookout;
    private final Consumer<PodNotice> listener;
    private final Duration pause;
    private final Target target;
    private final ScheduledExecutorService thread;
    private @Nullable Watching watching;
    private boolean isBlind;
    private int silentChecks;

    private LookoutPost(Lookout lookout, Consumer<PodNotice> listener, Duration pause, Target target) {
        this.lookout = lookout;
        this.listener = listener;
        this.pause = pause;
        this.target = target;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> EventLoop.daemon(task, "lookout-" + target));
    }

    /** Returns at once. */
    static LookoutPost open(Lookout lookout, Consumer<PodNotice> listener, Target target) {
        return open(lookout, listener, PAUSE, target);
    }

    static LookoutPost open(Lookout lookout, Consumer<PodNotice> listener, Duration pause, Target target) {
        LookoutPost post = new LookoutPost(lookout, listener, pause, target);
        post.thread.execute(post::look);
        return post;
    }

    private void look() {
        try {
            watching = lookout.watch(listener);
            LOG.info("target {}: the pods are seen by {}", target, lookout);
            thread.scheduleWithFixedDelay(this::check, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            if (!isBlind)
                LOG.warn(
                        "target {}: {} sees nothing; the assigner goes by heartbeats and leases alone. {}",
                        target,
                        lookout,
                        why(e));
            isBlind = true;
            thread.schedule(this::look, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    // A watch ends every now and then and begins again at once; who is out of touch twice has lost it.
    private void check() {
        boolean isInTouch = watching == null || watching.isInTouch();
        if (isInTouch && silentChecks >= TOO_SILENT) LOG.info("target {}: {} is heard again", target, lookout);
        silentChecks = isInTouch ? 0 : silentChecks + 1;
        if (silentChecks == TOO_SILENT)
            LOG.warn("target {}: {} is not heard; what was seen last stands", target, lookout);
    }

    /** Rather that nobody listens there than how that was found out. */
    private static String why(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof IOException) return cause.toString();
        return failure.toString();
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
