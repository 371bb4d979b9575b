/**
 * Object stores and table logs; the only home of Delta, Iceberg and Hadoop classes, none of which shows in a public signature.
 * Start with {@link io.sluice.lake.store.ObjectStore} and {@link io.sluice.lake.table.TableLog}.
 */
@NullMarked
package io.sluice.lake;

import org.jspecify.annotations.NullMarked;
