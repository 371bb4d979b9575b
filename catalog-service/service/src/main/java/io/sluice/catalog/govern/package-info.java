/** The use cases, one class for each kind of thing. */
@NullMarked
package io.sluice.catalog.govern;

import org.jspecify.annotations.NullMarked;
