package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Metastores;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Lets nobody in without a token, save on the open paths. */
@jakarta.ws.rs.ext.Provider
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
    private final Provider<Metastores> metastores;
    private final OpenPaths openPaths;

    /** @param metastores got when the first request comes: filters are made before there is a store to ask */
    public AuthenticationFilter(Provider<Metastores> metastores, OpenPaths openPaths) {
        this.metastores = metastores;
        this.openPaths = openPaths;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (openPaths.covers(request.getUriInfo().getRequestUri().getPath())) return;
        Metastores.Entry entry = metastores
                .get()
                .enter(SignInResource.bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION), request.getCookies()));
        request.setSecurityContext(
                new Callers.Entered(entry, request.getSecurityContext().isSecure()));
    }
}
