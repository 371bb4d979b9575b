/** The ways a command ends. */
@NullMarked
package io.sluice.cli.exit;

import org.jspecify.annotations.NullMarked;
