/** What was used: receipts that become the bill. */
@NullMarked
package io.sluice.model.usage;

import org.jspecify.annotations.NullMarked;
