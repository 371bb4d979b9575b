package io.sluice.sharing.files;

import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableLog;
import java.io.IOException;

/** Opens tables where they are stored. Plugged in by the server. */
public interface TableFiles {
    /** Throws {@link io.sluice.crypto.seal.KeyRevokedException} when the table is sealed and its key withdrawn. */
    OpenedTable open(StoredTable table) throws IOException;

    /**
     * @param store rooted at the table's location. For a sealed table it gives plain bytes and plain lengths; its
     *     {@code presign} is never asked
     */
    record OpenedTable(TableLog log, ObjectStore store) {}
}
