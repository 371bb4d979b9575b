/** Immutable pictures of the root and of each catalog, from which reads are answered. */
@NullMarked
package io.sluice.catalog.snapshot;

import org.jspecify.annotations.NullMarked;
