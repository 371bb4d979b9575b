/**
 * Short-lived credentials of the clouds, for exactly the folder that a caller may read or write. Start at {@link
 * io.sluice.catalog.vending.CredentialVendor}; {@link io.sluice.catalog.vending.CloudIssuer} has the clouds.
 */
@NullMarked
package io.sluice.catalog.vending;

import org.jspecify.annotations.NullMarked;
