/**
 * Runs the production machines of the sharder in virtual time. One seed drives the network, the crashes, the pauses and
 * the clocks; the same seed gives the same run. Start with {@link io.sluice.simulation.Simulation}.
 */
@NullMarked
package io.sluice.simulation;

import org.jspecify.annotations.NullMarked;
