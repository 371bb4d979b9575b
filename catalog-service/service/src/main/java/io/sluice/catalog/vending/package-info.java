/**
 * Short-lived credentials of the clouds, for exactly the folder that a caller may read or write. Start at
 * {@link io.sluice.catalog.vending.CredentialVendor}; nothing is made before a {@link
 * io.sluice.catalog.vending.LocationGuard} has admitted the location.
 */
@NullMarked
package io.sluice.catalog.vending;

import org.jspecify.annotations.NullMarked;
