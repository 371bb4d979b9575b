/**
 * Delta tables over any {@link io.sluice.lake.store.ObjectStore} rooted at the table's folder. {@link
 * io.sluice.lake.delta.DeltaLog} reads a log, {@link io.sluice.lake.delta.DeltaLogWriter} adds commits to one, {@link
 * io.sluice.lake.delta.TableAuthor} makes tables of our own, {@link io.sluice.lake.delta.TableReader} reads rows.
 *
 * <p>Delta's and Hadoop's classes stay inside; those that their makers call internal are named in {@code KernelTable}
 * and {@code ParquetFiles} alone.
 */
@NullMarked
package io.sluice.lake.delta;

import org.jspecify.annotations.NullMarked;
