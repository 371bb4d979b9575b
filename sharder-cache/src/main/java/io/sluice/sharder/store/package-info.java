/**
 * What has to outlive every process and be agreed on by all: the leases of the pods, the map, and who may change it.
 * {@link io.sluice.sharder.store.ShardStore} says what is asked of such a store.
 */
@NullMarked
package io.sluice.sharder.store;

import org.jspecify.annotations.NullMarked;
