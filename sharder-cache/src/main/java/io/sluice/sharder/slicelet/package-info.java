/** The side of a pod that serves: what it may serve right now, and the lease it must keep to go on. */
@NullMarked
package io.sluice.sharder.slicelet;

import org.jspecify.annotations.NullMarked;
