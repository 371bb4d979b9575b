/**
 * Slices, owners, leases. The key space is cut into slices and each slice is served by one pod at a time: the
 * <em>assigner</em> decides which, a <em>slicelet</em> in each pod knows what that pod may serve right now, and a
 * <em>clerk</em> knows whom to ask for any key. Nothing here knows what the keys stand for.
 *
 * <p>Start with {@link io.sluice.sharder.Assignment} for the words, {@link io.sluice.sharder.Ownership} and {@link
 * io.sluice.sharder.Clerk} for what a server asks, and {@code io.sluice.sharder.grpc} for how to start the parts.
 */
@NullMarked
package io.sluice.sharder;

import org.jspecify.annotations.NullMarked;
