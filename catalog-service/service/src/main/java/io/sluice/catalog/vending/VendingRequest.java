package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;

/**
 * What somebody, who was found to be allowed to, is to get.
 *
 * @param location as the caller wrote it; a {@link LocationGuard} brings it into its one spelling
 * @param principalClass whoever shares it shares credentials: the name of one principal, or of a group of equals
 */
public record VendingRequest(String location, Access access, StorageIdentity identity, String principalClass) {
    public VendingRequest {
        if (principalClass.isBlank())
            throw Failure.invalid("The class of principals is blank. Name whom the credentials are for.");
    }
}
