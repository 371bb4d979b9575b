/** Tables as their logs tell them: versions, files, changes; and the writer of such logs. */
@NullMarked
package io.sluice.lake.table;

import org.jspecify.annotations.NullMarked;
