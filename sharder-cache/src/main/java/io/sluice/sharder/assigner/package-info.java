/**
 * Who serves what: {@link io.sluice.sharder.assigner.AssignerMachine} decides, from heartbeats, goodbyes and the time,
 * and nobody else does.
 */
@NullMarked
package io.sluice.sharder.assigner;

import org.jspecify.annotations.NullMarked;
