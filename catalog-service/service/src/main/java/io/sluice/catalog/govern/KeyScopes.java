package io.sluice.catalog.govern;

/** Where a catalog that is to be sealed gets its key from. Plugged by the server. */
@FunctionalInterface
public interface KeyScopes {
    /** Makes the scope's key under the customer's master key; a scope that has one already keeps it. */
    void register(String scope, String customerManagedKey);
}
