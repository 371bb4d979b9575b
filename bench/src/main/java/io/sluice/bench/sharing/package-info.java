/** How fast shares are read, from a store that answers as slowly as a real one. */
@NullMarked
package io.sluice.bench.sharing;

import org.jspecify.annotations.NullMarked;
