package io.sluice.sharing.federation;

import java.util.function.Predicate;

/** Verifies tokens of OpenID Connect. Provided by the server, which knows how to ask an issuer for its keys. */
@FunctionalInterface
public interface IdentityTokens {
    /**
     * Throws a {@code Failure}: unauthenticated, or unavailable when the issuer's keys cannot be had.
     *
     * @param believed asked before anything is fetched, so that a stranger's token makes us call nobody
     */
    VerifiedToken verify(String token, Predicate<String> believed);
}
