package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.util.Optional;

/**
 * Makes credentials, and hands the same one out again for four fifths of its life: engines ask at each query, and the
 * clouds' token services count. Whether the caller may have them was decided before, anew at each call. Safe for many
 * threads.
 */
public final class CredentialVendor implements AutoCloseable {
    private final Issuer issuer;
    private final CredentialCache<Request> cache;

    public CredentialVendor(Issuer issuer, Clock clock) {
        this.issuer = issuer;
        this.cache = new CredentialCache<>(clock);
    }

    /** The clouds, which make credentials that open one folder. */
    @FunctionalInterface
    public interface Issuer extends AutoCloseable {
        VendedCredentials issue(Request request);

        @Override
        default void close() {}
    }

    @Override
    public void close() {
        issuer.close();
    }

    /** What is wanted. Two that are equal are answered with the same credential while it lives. */
    public record Request(StorageIdentity identity, Access access, CloudFolder folder) {}

    /**
     * @param location normalised
     * @param identity what opens the store; empty where nothing does
     */
    public VendedCredentials vend(Access access, String location, Optional<StorageIdentity> identity) {
        if (location.startsWith("file:")) return new VendedCredentials.LocalFiles(location);
        CloudFolder folder = CloudFolder.parse(location);
        StorageIdentity opening = identity.orElseThrow(() -> Failure.invalid(
                "No external location with a credential covers %s. Create one, or read the data through a share.",
                location));
        if (opening.cloud() != folder.cloud())
            throw Failure.invalid(
                    "The external location that covers %s has an %s, which is for another cloud. Give it a credential of"
                            + " its own cloud.",
                    location, opening.wireName());
        Request request = new Request(opening, access, folder);
        return cache.get(request, () -> issuer.issue(request));
    }
}
