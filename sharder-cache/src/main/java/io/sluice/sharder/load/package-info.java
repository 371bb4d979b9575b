/**
 * What a pod measures of its own load: {@link io.sluice.sharder.load.LoadMeter} counts on the hot path, and once a second
 * turns its counts into a {@link io.sluice.sharder.load.LoadReport} that fits into a heartbeat.
 */
@NullMarked
package io.sluice.sharder.load;

import org.jspecify.annotations.NullMarked;
