@NullMarked
package io.sluice.simulation.history;

import org.jspecify.annotations.NullMarked;
