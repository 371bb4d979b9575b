/** Fencing in SQL: no write of a former owner commits after the slice has a new one, however long it was delayed. */
@NullMarked
package io.sluice.sharder.guard;

import org.jspecify.annotations.NullMarked;
