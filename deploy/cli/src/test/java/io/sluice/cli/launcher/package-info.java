@NullMarked
package io.sluice.cli.launcher;

import org.jspecify.annotations.NullMarked;
