/**
 * The catalog: what exists, who may use it, and the change log that everything else follows. Reading order: {@link
 * io.sluice.catalog.govern.Governance} for the use cases, {@link io.sluice.catalog.snapshot.Snapshots} for how reads are
 * answered from memory, {@link io.sluice.catalog.store.SqlUnitOfWork} for how writes reach the disk.
 */
@NullMarked
package io.sluice.catalog;

import org.jspecify.annotations.NullMarked;
