/** Sluice's own face: replicas, keys, bill, shards, stores, preview. */
@NullMarked
package io.sluice.server.api;

import org.jspecify.annotations.NullMarked;
