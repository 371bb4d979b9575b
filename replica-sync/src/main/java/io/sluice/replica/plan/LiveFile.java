package io.sluice.replica.plan;

import io.sluice.lake.table.DataFile;
import java.util.Optional;

/** What makes a live file the same file: its path together with its deletion vector. */
record LiveFile(String path, Optional<String> deletionVector) {
    static LiveFile of(DataFile file) {
        return new LiveFile(file.path(), file.deletionVector());
    }
}
