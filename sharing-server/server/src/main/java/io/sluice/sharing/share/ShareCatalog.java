package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import java.util.Optional;

/** The catalog as sharing sees it. Plugged in by the server. */
public interface ShareCatalog {
    /** The table that has the name now, whoever asks. */
    Optional<SharedTable> find(TableName name);

    /**
     * The table, if {@code principal} may give it to others. Throws a {@code Failure} otherwise: denied, not found, or
     * unsupported for a table that cannot be shared. Asked when a table is added, and again whenever it is read, so
     * that an owner of a share who loses a table takes it away from the recipients too.
     */
    SharedTable requireShareable(String principal, TableName name);
}
