package io.sluice.server.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.catalog.store.Origin;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives each request a name that stands in the answer's header, in error bodies, in the audit log and in our log. */
@Singleton
public final class RequestIds {
    static final String HEADER = "x-request-id";
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24}");
    private static final String KEY = "sluice.request-id";
    /** What the audit log says of writes that no request asked for. */
    private static final String INTERNAL = "internal";

    private final CurrentVertxRequest request;

    RequestIds(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Ids are for finding things, not for guarding them: a fast random is good enough. */
    static void assign(RoutingContext context) {
        @Nullable String before = context.request().getHeader(Forwarding.HEADER);
        // A request that another pod has sent on keeps the id that the caller is told.
        String id = before != null && SHAPE.matcher(before).matches() ? before : random();
        context.put(KEY, id);
        context.response().putHeader(HEADER, id);
    }

    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Integer.toHexString(random.nextInt() | Integer.MIN_VALUE);
    }

    static String of(RoutingContext context) {
        @Nullable String id = context.get(KEY);
        return id == null ? INTERNAL : id;
    }

    public String current() {
        @Nullable RoutingContext context = context();
        return context == null ? INTERNAL : of(context);
    }

    /** Where the request that is being served came from. */
    public Origin origin() {
        @Nullable RoutingContext context = context();
        if (context == null) return Origin.internal(INTERNAL);
        @Nullable SocketAddress peer = context.request().remoteAddress();
        return new Origin(
                of(context),
                peer == null ? null : peer.hostAddress(),
                context.request().getHeader(HttpHeaders.USER_AGENT));
    }

    private @Nullable RoutingContext context() {
        return Arc.container().requestContext().isActive() ? request.getCurrent() : null;
    }
}
