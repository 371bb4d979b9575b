/**
 * The command line: a client like any other, which knows the server by HTTP alone. Start with {@link
 * io.sluice.cli.SluiceCli}.
 */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
