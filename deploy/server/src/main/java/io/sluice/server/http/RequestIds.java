package io.sluice.server.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gives each request a name that stands in the answer's header, in error bodies, in the audit log and in our log. */
@Singleton
public final class RequestIds {
    static final String HEADER = "x-request-id";
    private static final String KEY = "sluice.request-id";
    /** What the audit log says of writes that no request asked for. */
    private static final String INTERNAL = "internal";

    private final CurrentVertxRequest request;

    RequestIds(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Ids are for finding things, not for guarding them: a fast random is good enough. */
    static void assign(RoutingContext context) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Integer.toHexString(random.nextInt() | Integer.MIN_VALUE);
        context.put(KEY, id);
        context.response().putHeader(HEADER, id);
    }

    static String of(RoutingContext context) {
        @Nullable String id = context.get(KEY);
        return id == null ? INTERNAL : id;
    }

    public String current() {
        if (!Arc.container().requestContext().isActive()) return INTERNAL;
        @Nullable RoutingContext context = request.getCurrent();
        return context == null ? INTERNAL : of(context);
    }
}
