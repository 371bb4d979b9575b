/** Placement, judged in simulation, and what a change of the map costs on the wire. */
@NullMarked
package io.sluice.bench.sharder;

import org.jspecify.annotations.NullMarked;
