/**
 * This process among the pods of its cluster: what of the metastore it answers for, and what pods ask of each other over
 * HTTP, sealed with the secret that only they know.
 */
@NullMarked
package io.sluice.server.pods;

import org.jspecify.annotations.NullMarked;
