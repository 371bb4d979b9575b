/** From the command line to a running server: options, checks before the start, the files that tell it is ready. */
@NullMarked
package io.sluice.server.launch;

import org.jspecify.annotations.NullMarked;
