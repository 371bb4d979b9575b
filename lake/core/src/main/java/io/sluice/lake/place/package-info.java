/** Which store a location lies in. Start with {@link io.sluice.lake.place.Stores}. */
@NullMarked
package io.sluice.lake.place;

import org.jspecify.annotations.NullMarked;
