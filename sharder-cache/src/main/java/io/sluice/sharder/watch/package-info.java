/**
 * How an assignment reaches those who need it, as plain messages and passive parts: {@link
 * io.sluice.sharder.watch.Feed} on the sending side, {@link io.sluice.sharder.watch.Follower} on the receiving side, and
 * {@link io.sluice.sharder.watch.WatchMachine} that keeps a stream alive.
 */
@NullMarked
package io.sluice.sharder.watch;

import org.jspecify.annotations.NullMarked;
