package io.sluice.catalog.rest;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Metastores.Entry;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who the authentication filter let in, and into which metastore. */
public final class Callers {
    private Callers() {}

    public static Caller of(SecurityContext security) {
        return entry(security).caller();
    }

    /** That of the caller: the only one that a request may work on. */
    public static Governance metastore(SecurityContext security) {
        return entry(security).governance();
    }

    public static Entry entry(SecurityContext security) {
        if (security instanceof Entered entered) return entered.entry;
        throw Failure.unauthenticated("No bearer token was sent. Send the header Authorization: Bearer TOKEN.");
    }

    /** What the authentication filter leaves in a request. */
    public record Entered(Entry entry, boolean isSecure) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return entry.caller();
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
