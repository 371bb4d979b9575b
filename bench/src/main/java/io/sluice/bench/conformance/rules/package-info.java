/** The protocol, sentence by sentence. */
@NullMarked
package io.sluice.bench.conformance.rules;

import org.jspecify.annotations.NullMarked;
