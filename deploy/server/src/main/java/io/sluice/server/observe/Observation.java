package io.sluice.server.observe;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request from its arrival to its end. Touched by one thread after the other. */
final class Observation implements Handler<AsyncResult<Void>> {
    private static final String KEY = "sluice.observation";
    private static final int UNAUTHENTICATED = 401;
    /** No status of ours: the caller hung up before the answer had left. */
    private static final int HUNG_UP = 499;

    private final RoutingContext context;
    private final RouteMeters meters;
    private final long beganNanos = System.nanoTime();
    private @Nullable RouteMeter route;

    private Observation(RoutingContext context, RouteMeters meters) {
        this.context = context;
        this.meters = meters;
    }

    static void begin(RoutingContext context, RouteMeters meters) {
        Observation observation = new Observation(context, meters);
        context.put(KEY, observation);
        context.addEndHandler(observation);
    }

    static Observation of(RoutingContext context) {
        return context.get(KEY);
    }

    void matched(RouteMeter meter) {
        route = meter;
    }

    /** What the request matched; empty where it matched nothing. */
    Optional<String> route() {
        return Optional.ofNullable(route).map(RouteMeter::route);
    }

    @Override
    public void handle(AsyncResult<Void> end) {
        int status = end.succeeded() ? context.response().getStatusCode() : HUNG_UP;
        if (status == UNAUTHENTICATED) meters.unauthenticated();
        @Nullable RouteMeter matched = route;
        (matched == null ? meters.unmatched(context) : matched).answered(status, System.nanoTime() - beganNanos);
    }
}
