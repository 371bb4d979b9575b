package io.sluice.server.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times requests by the route they matched. What matched none is counted under its face, never by path. */
@Singleton
public final class RouteMeters {
    private record Key(String method, String route) {}

    private final MeterRegistry meters;
    private final Map<Key, RouteMeter> byRoute = new ConcurrentHashMap<>();
    private final Map<Method, RouteMeter> byResource = new ConcurrentHashMap<>();
    private final LongAdder unauthenticated = new LongAdder();

    RouteMeters(MeterRegistry meters) {
        this.meters = meters;
        Metric.SIGN_IN_REFUSALS.count(meters, unauthenticated, LongAdder::sum);
    }

    /** Watches the request until its last byte has left. */
    public void observe(RoutingContext context) {
        Observation.begin(context, this);
    }

    void matched(RoutingContext context, Method resource) {
        byResource.computeIfAbsent(resource, this::ofResource).matched(context);
    }

    private RouteMeter ofResource(Method resource) {
        ResourceRoute route = ResourceRoute.of(resource);
        return of(route.method(), route.template());
    }

    /** To be looked up once and kept by whoever answers the route often. */
    public RouteMeter of(String method, String route) {
        return byRoute.computeIfAbsent(new Key(method, route), key -> new RouteMeter(meters, method, route));
    }

    /** Only methods that we know become labels: a caller may invent others. */
    RouteMeter unmatched(RoutingContext context) {
        String method = context.request().method().name();
        return of(KnownFaces.METHODS.contains(method) ? method : "OTHER", KnownFaces.of(context.normalizedPath()));
    }

    void unauthenticated() {
        unauthenticated.increment();
    }
}
