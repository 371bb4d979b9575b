/**
 * A walk through all five jobs of the house, which believes nothing that it has not seen through the faces that
 * everybody uses. Start with {@link io.sluice.cli.tour.Tour}.
 */
@NullMarked
package io.sluice.cli.tour;

import org.jspecify.annotations.NullMarked;
