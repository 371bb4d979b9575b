/**
 * Placement judged on traffic: the production's meters, estimates and rounds, fed second by second with requests drawn
 * from a seed, and measured on the load that truly was. Start with {@link io.sluice.simulation.traffic.Stage} for the
 * world and {@link io.sluice.simulation.traffic.Traces} for what befalls it.
 */
@NullMarked
package io.sluice.simulation.traffic;

import org.jspecify.annotations.NullMarked;
