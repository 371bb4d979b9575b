/**
 * Which pod should serve which slice, by load. {@link io.sluice.sharder.placement.Planner} answers that for one {@link
 * io.sluice.sharder.placement.Board}; {@link io.sluice.sharder.placement.RoundMachine} decides when to ask. Both are pure:
 * no clock, no thread, and equal input gives equal output.
 */
@NullMarked
package io.sluice.sharder.placement;

import org.jspecify.annotations.NullMarked;
