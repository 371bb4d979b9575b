package io.sluice.catalog.rest;

import io.sluice.catalog.access.Caller;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.core.SecurityContext;

/** Who the authentication filter let in. */
public final class Callers {
    private Callers() {}

    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) return caller;
        throw Failure.unauthenticated("No bearer token was sent. Send the header Authorization: Bearer TOKEN.");
    }
}
