package io.sluice.server.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in. When the pod leaves, whoever keeps a connection is told with each answer to let go of it. Then
 * the door is shut, those who are inside are still answered, and those who wait on a connection without asking anything
 * are seen out: whoever comes now is refused before it has sent anything, and goes to another pod without having to know
 * whether a request may be repeated. The framework alone would shut all at once, and answer 503 meanwhile.
 */
@Singleton
public final class FrontDoor {
    /** Who has come in may still be about to ask. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Map<ConnectionBase, Visitor> visitors = new ConcurrentHashMap<>();
    private volatile @Nullable Channel listening;
    private volatile boolean isClosing;

    /** Somebody with a connection, and how many of its requests are not answered yet. */
    private record Visitor(ConnectionBase connection, AtomicInteger asking) {
        /** Where requests arrive, so that none comes in between. */
        void seeOut() {
            connection.channel().eventLoop().execute(() -> {
                if (asking.get() == 0) connection.close();
            });
        }
    }

    void passed(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            AtomicInteger asking = visitor(connection).asking();
            asking.incrementAndGet();
            context.addEndHandler(ended -> asking.decrementAndGet());
        }
        if (isClosing) context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }

    /** Asked for where the connection's requests arrive, one after another. */
    private Visitor visitor(ConnectionBase connection) {
        Visitor known = visitors.get(connection);
        if (known != null) return known;
        Visitor arrived = new Visitor(connection, new AtomicInteger());
        visitors.put(connection, arrived);
        // The framework keeps its listening socket to itself, but each connection knows where it came from.
        if (listening == null) listening = connection.channel().parent();
        connection.channel().closeFuture().addListener(closed -> visitors.remove(connection));
        return arrived;
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
            if (isAnybodyAsking()) busyNanos = now;
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        visitors.values().forEach(Visitor::seeOut);
    }

    private boolean isAnybodyAsking() {
        return visitors.values().stream().anyMatch(visitor -> visitor.asking().get() > 0);
    }
}
