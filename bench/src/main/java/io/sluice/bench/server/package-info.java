/** The packaged program as the benchmarks meet it: a process, and HTTP that costs the machine little. */
@NullMarked
package io.sluice.bench.server;

import org.jspecify.annotations.NullMarked;
