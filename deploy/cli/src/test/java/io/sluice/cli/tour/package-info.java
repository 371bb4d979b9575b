@NullMarked
package io.sluice.cli.tour;

import org.jspecify.annotations.NullMarked;
