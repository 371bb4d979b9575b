/** What was measured, what it was measured against, and whether that is good enough. */
@NullMarked
package io.sluice.bench.figure;

import org.jspecify.annotations.NullMarked;
