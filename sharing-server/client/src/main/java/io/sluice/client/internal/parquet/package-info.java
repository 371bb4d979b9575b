/**
 * Reads the rows of one Parquet file on this machine, on those parts of parquet-java that need no Hadoop. Start with
 * {@link io.sluice.client.internal.parquet.ParquetFile}. The bytes may come from anybody: what they claim is held
 * against {@link io.sluice.client.internal.parquet.Bounds} before memory is taken for it.
 */
@NullMarked
package io.sluice.client.internal.parquet;

import org.jspecify.annotations.NullMarked;
