/**
 * Which of several pods takes a call. Decides from what this process has seen itself: calls in flight, how long they
 * took, which failed. No pod reports anything, nothing is asked for. Start with {@link io.sluice.sharder.balance.Balancer}.
 */
@NullMarked
package io.sluice.sharder.balance;

import org.jspecify.annotations.NullMarked;
