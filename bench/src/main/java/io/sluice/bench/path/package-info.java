/** One figure for each step of the way through the whole house. */
@NullMarked
package io.sluice.bench.path;

import org.jspecify.annotations.NullMarked;
