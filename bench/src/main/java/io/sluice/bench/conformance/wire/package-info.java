/** Requests, answers and lines, each able to say what is wrong with it. */
@NullMarked
package io.sluice.bench.conformance.wire;

import org.jspecify.annotations.NullMarked;
