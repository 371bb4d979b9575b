/**
 * Several pods of the server on one machine, with a PostgreSQL of their own, for trying restarts and failover. Start
 * reading at {@link io.sluice.cluster.Supervisor}.
 */
@NullMarked
package io.sluice.cluster;

import org.jspecify.annotations.NullMarked;
