package io.sluice.server.observe;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Notes which resource a request matched, before anybody may refuse it. */
@Singleton
public final class MatchedRoutes {
    private static final int BEFORE_ALL = Priorities.AUTHENTICATION - 100;

    private final RouteMeters routes;

    MatchedRoutes(RouteMeters routes) {
        this.routes = routes;
    }

    @ServerRequestFilter(priority = BEFORE_ALL)
    public void matched(ResourceInfo resource, RoutingContext context) {
        routes.matched(context, resource.getResourceMethod());
    }
}
