/** The difference between a source and its replica: what it costs to close, and the commit that closes it. */
@NullMarked
package io.sluice.replica.plan;

import org.jspecify.annotations.NullMarked;
