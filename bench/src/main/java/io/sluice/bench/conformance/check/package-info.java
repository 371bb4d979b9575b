/** What a check is, what can come of it, and how results are told. */
@NullMarked
package io.sluice.bench.conformance.check;

import org.jspecify.annotations.NullMarked;
