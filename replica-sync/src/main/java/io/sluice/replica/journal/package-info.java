/** Which bytes have crossed, and on which receipt they stand. Survives any crash of a sync. */
@NullMarked
package io.sluice.replica.journal;

import org.jspecify.annotations.NullMarked;
