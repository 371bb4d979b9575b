package io.sluice.lake.iceberg;

import java.time.Instant;

/**
 * A file with all of a table's metadata; the table's next state is told by another one.
 *
 * @param modified tells it from one of the same name, of a table that was made in place of another
 */
record MetadataFile(String key, Instant modified) {}
