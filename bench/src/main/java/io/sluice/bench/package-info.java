/** Measures the packaged program against a limit or a peer in the same run, because machines differ and ratios last. */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
