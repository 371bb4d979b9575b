package io.sluice.server.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.rest.Callers;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
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
        if (request.getSecurityContext().getUserPrincipal() != null)
            current.getCurrent().put(KEY, Callers.entry(request.getSecurityContext()));
    }

    public String name() {
        return entry().map(entry -> entry.caller().name()).orElse(SYSTEM);
    }

    /** Empty where nobody was let in, as on the open paths. */
    Optional<Metastores.Entry> entry() {
        if (!Arc.container().requestContext().isActive()) return Optional.empty();
        @Nullable RoutingContext context = current.getCurrent();
        if (context == null) return Optional.empty();
        Metastores.@Nullable Entry entry = context.get(KEY);
        return Optional.ofNullable(entry);
    }
}
