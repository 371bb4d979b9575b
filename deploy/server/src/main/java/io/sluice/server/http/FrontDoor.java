package io.sluice.server.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in. When the pod leaves, whoever keeps a connection is told with each answer to let go of it. Then
 * the door is shut, while those who are inside are still answered: whoever comes now is refused before it has sent
 * anything, and goes to another pod without having to know whether a request may be repeated. The framework alone would
 * shut both at once, and answer 503 meanwhile.
 */
@Singleton
public final class FrontDoor {
    /** Who has come in may still be about to ask. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final AtomicInteger inside = new AtomicInteger();
    private volatile @Nullable Channel listening;
    private volatile boolean isClosing;

    void passed(RoutingContext context) {
        inside.incrementAndGet();
        context.addEndHandler(ended -> inside.decrementAndGet());
        if (isClosing) context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        // The framework keeps its listening socket to itself, but each connection knows where it came from.
        if (listening == null && context.request().connection() instanceof ConnectionBase connection)
            listening = connection.channel().parent();
    }

    /** Everybody is still let in, but is asked not to stay. */
    public void closing() {
        isClosing = true;
    }

    /** Returns when nobody is inside any more. */
    public void shut() {
        Channel socket = listening;
        // Nobody ever came.
        if (socket == null) return;
        socket.close().syncUninterruptibly();
        long begunNanos = System.nanoTime();
        long busyNanos = begunNanos;
        for (long now = begunNanos; now - busyNanos < QUIET.toNanos(); now = System.nanoTime()) {
            if (now - begunNanos > PATIENCE.toNanos()) return;
            if (inside.get() > 0) busyNanos = now;
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
