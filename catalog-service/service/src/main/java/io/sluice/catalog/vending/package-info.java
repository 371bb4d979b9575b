/** Short-lived credentials of the clouds, for exactly the folder that a caller may read or write. */
@NullMarked
package io.sluice.catalog.vending;

import org.jspecify.annotations.NullMarked;
