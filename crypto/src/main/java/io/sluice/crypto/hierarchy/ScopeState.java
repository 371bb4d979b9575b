package io.sluice.crypto.hierarchy;

/** Life of a scope's key, in the words of NIST SP 800-57 as far as they are served. */
public enum ScopeState {
    /** Seals and opens. */
    ACTIVE,
    /** Revoked by its owner: neither seals nor opens until it is restored. */
    SUSPENDED
}
