package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;

/** A range that has to stand on one pod, without replicas, even if that pod is dead: then nobody serves it. */
record Pin(Slice slice, Resource pod) {}
