/**
 * What operators see: metrics, health and the description of the API. Start reading at {@link
 * io.sluice.server.observe.Metric}, which lists every series of ours.
 */
@NullMarked
package io.sluice.server.observe;

import org.jspecify.annotations.NullMarked;
