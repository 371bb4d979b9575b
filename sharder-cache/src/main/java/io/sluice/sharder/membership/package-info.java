/**
 * What others know about pods: Kubernetes, DNS, a list, and the clerks that could not reach one. All of it is a hint.
 * Who takes part is decided by the assigner alone, from the pods' own heartbeats; a second membership would be a split
 * brain. Start with {@link io.sluice.sharder.membership.PodNotice}.
 */
@NullMarked
package io.sluice.sharder.membership;

import org.jspecify.annotations.NullMarked;
