/** CMK -> KEK -> DEK: states, epochs, leases, and what they allow. */
@NullMarked
package io.sluice.crypto.hierarchy;

import org.jspecify.annotations.NullMarked;
