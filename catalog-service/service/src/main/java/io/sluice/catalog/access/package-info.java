/** Who is calling, and what they may do. */
@NullMarked
package io.sluice.catalog.access;

import org.jspecify.annotations.NullMarked;
