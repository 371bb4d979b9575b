/**
 * Judges whether what clients saw could have come from one register per key that changes in an instant. Start reading
 * at {@link io.sluice.simulation.history.Judge}.
 */
@NullMarked
package io.sluice.simulation.history;

import org.jspecify.annotations.NullMarked;
