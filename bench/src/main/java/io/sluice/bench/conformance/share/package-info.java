/** What a share holds, and which table shows what. */
@NullMarked
package io.sluice.bench.conformance.share;

import org.jspecify.annotations.NullMarked;
