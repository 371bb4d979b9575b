package io.sluice.server.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Remembers whom the authentication let in, for rooms that know nothing of REST. */
@Provider
@Singleton
@Priority(Priorities.AUTHENTICATION + 1)
public final class CurrentCaller implements ContainerRequestFilter {
    private static final String KEY = "sluice.caller";
    /** Who writes when no request asks for it. */
    private static final String SYSTEM = "system";

    private final CurrentVertxRequest current;

    CurrentCaller(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable Principal caller = request.getSecurityContext().getUserPrincipal();
        if (caller != null) current.getCurrent().put(KEY, caller.getName());
    }

    public String name() {
        if (!Arc.container().requestContext().isActive()) return SYSTEM;
        @Nullable RoutingContext context = current.getCurrent();
        if (context == null) return SYSTEM;
        @Nullable String name = context.get(KEY);
        return name == null ? SYSTEM : name;
    }
}
