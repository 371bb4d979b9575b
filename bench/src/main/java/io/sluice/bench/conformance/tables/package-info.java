/** Tables whose contents are known to the last row, for owners of servers to share. */
@NullMarked
package io.sluice.bench.conformance.tables;

import org.jspecify.annotations.NullMarked;
