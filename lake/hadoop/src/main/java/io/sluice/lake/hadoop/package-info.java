/**
 * S3 by Hadoop's own client, for those whose settings of it shall count here too: {@code core-site.xml} beside the jar
 * is read. {@link io.sluice.lake.hadoop.S3aAdapter} is what the server finds.
 */
@NullMarked
package io.sluice.lake.hadoop;

import org.jspecify.annotations.NullMarked;
