package io.sluice.server.http;

import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.rest.Callers;
import io.sluice.model.failure.Failure;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * Sharing, keys, replicas and the bill are those of the first metastore. Callers of another one are told so, rather than
 * let in where their name may be somebody else's.
 */
@jakarta.ws.rs.ext.Provider
@Singleton
@Priority(Priorities.AUTHORIZATION)
public final class FirstMetastoreFilter implements ContainerRequestFilter {
    /** Its resources work on the caller's own metastore. */
    private static final Package CATALOG = Callers.class.getPackage();

    private final CurrentCaller caller;
    private final Provider<Metastores> metastores;

    @Context
    @Nullable
    ResourceInfo resource;

    FirstMetastoreFilter(CurrentCaller caller, Provider<Metastores> metastores) {
        this.caller = caller;
        this.metastores = metastores;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource != null && resource.getResourceClass().getPackage().equals(CATALOG)) return;
        boolean isOfOther = caller.entry()
                .filter(entry -> !metastores.get().isFirst(entry.governance()))
                .isPresent();
        if (isOfOther)
            throw Failure.unsupported(
                    "%s is served in the server's first metastore only.",
                    request.getUriInfo().getPath());
    }
}
