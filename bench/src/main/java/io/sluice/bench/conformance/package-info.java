/** Whether a server keeps the protocol of Delta Sharing, seen through HTTP only. Read {@link io.sluice.bench.conformance.Conformance} first. */
@NullMarked
package io.sluice.bench.conformance;

import org.jspecify.annotations.NullMarked;
