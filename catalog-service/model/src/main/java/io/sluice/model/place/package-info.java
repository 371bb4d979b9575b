/** Clouds, regions, and the lanes between them. */
@NullMarked
package io.sluice.model.place;

import org.jspecify.annotations.NullMarked;
