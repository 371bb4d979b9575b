package io.sluice.lake.iceberg;

import java.io.IOException;
import java.util.Optional;

/** Finds out which metadata of a table is current. */
interface CurrentMetadata {
    /** @param known what was current before, if anything is known */
    MetadataFile find(Optional<MetadataFile> known) throws IOException;
}
