/** How things fail, sorted by what the caller may do next. */
@NullMarked
package io.sluice.model.failure;

import org.jspecify.annotations.NullMarked;
