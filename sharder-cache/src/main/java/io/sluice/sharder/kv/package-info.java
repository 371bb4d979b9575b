/**
 * A small cache of many pods: each key has one owner, which keeps it in memory for as long as its time to live says, and
 * hands it on when its slice moves. Start with {@link io.sluice.sharder.kv.ShardedCache}; {@code
 * io.sluice.sharder.grpc.KeyValuePod} connects it to other pods.
 */
@NullMarked
package io.sluice.sharder.kv;

import org.jspecify.annotations.NullMarked;
