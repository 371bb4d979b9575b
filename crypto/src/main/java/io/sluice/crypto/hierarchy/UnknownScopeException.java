package io.sluice.crypto.hierarchy;

/** No key was ever made for the scope. */
public final class UnknownScopeException extends RuntimeException {
    UnknownScopeException(String scope) {
        super("No key exists for scope \"" + scope + "\".");
    }
}
