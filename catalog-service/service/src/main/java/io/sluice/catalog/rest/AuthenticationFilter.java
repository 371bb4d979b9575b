package io.sluice.catalog.rest;

import io.sluice.catalog.access.Authenticator;
import io.sluice.catalog.access.Caller;
import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Lets nobody in without a token, save on the open paths. */
@jakarta.ws.rs.ext.Provider
@Priority(Priorities.AUTHENTICATION)
public final class AuthenticationFilter implements ContainerRequestFilter {
    private final Provider<Authenticator> authenticator;
    private final OpenPaths openPaths;

    /** @param authenticator got when the first request comes: filters are made before there is a store to ask */
    public AuthenticationFilter(Provider<Authenticator> authenticator, OpenPaths openPaths) {
        this.authenticator = authenticator;
        this.openPaths = openPaths;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (openPaths.covers(request.getUriInfo().getRequestUri().getPath())) return;
        Caller caller = authenticator
                .get()
                .authenticate(SignInResource.bearer(
                        request.getHeaderString(HttpHeaders.AUTHORIZATION), request.getCookies()));
        request.setSecurityContext(
                new CallerContext(caller, request.getSecurityContext().isSecure()));
    }

    private record CallerContext(Caller caller, boolean isSecure) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
