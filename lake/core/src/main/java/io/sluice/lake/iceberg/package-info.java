/**
 * Iceberg tables over any {@link io.sluice.lake.store.ObjectStore} rooted at the table's folder, told as a Delta log
 * would tell them. {@link io.sluice.lake.iceberg.IcebergLog} reads a table, {@link io.sluice.lake.iceberg.IcebergAuthor}
 * makes tables of our own. Iceberg's classes stay inside, and no file system of Hadoop's is asked.
 *
 * <p>A version is a snapshot's sequence number. It grows from commit to commit, and numbers may be missing: what a
 * rollback undid, or what was staged and never published, has taken some. A version without a snapshot is the table as
 * the version before left it. 0 is a table that has no snapshot yet. A change of properties makes no version,
 * and a change of the schema shows with the next snapshot.
 */
@NullMarked
package io.sluice.lake.iceberg;

import org.jspecify.annotations.NullMarked;
