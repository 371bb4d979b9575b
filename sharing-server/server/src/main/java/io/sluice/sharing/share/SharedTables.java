package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import java.util.Optional;
import java.util.Set;

/** Finds the tables behind shared objects. */
public final class SharedTables {
    private static final Set<FailureKind> REFUSALS =
            Set.of(FailureKind.NOT_FOUND, FailureKind.DENIED, FailureKind.UNSUPPORTED, FailureKind.INVALID);

    private final ShareCatalog catalog;

    public SharedTables(ShareCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Empty while the object is broken: its table is gone or another one, or the share's owner may not give it any
     * more. It comes back by itself once that is mended. A catalog that cannot answer is not a broken object: that
     * failure goes to the caller.
     */
    public Optional<SharedTable> find(Share share, SharedObject object) {
        return standing(object).filter(table -> mayGive(share.owner(), object.table()));
    }

    /**
     * Refuses a change of owner that would open what is closed: a table that the old owner lost must not come back by
     * the rights of the new one, unless who makes the change may give it away.
     */
    void requireNoGain(String principal, Share share, SharedObject object) {
        if (standing(object).isPresent() && find(share, object).isEmpty())
            catalog.requireShareable(principal, object.table());
    }

    /** The table that was added, if it still has its name. */
    private Optional<SharedTable> standing(SharedObject object) {
        return catalog.find(object.table()).filter(table -> table.id().equals(object.tableId()));
    }

    private boolean mayGive(String owner, TableName table) {
        try {
            catalog.requireShareable(owner, table);
            return true;
        } catch (Failure failure) {
            if (REFUSALS.contains(failure.kind())) return false;
            throw failure;
        }
    }

    SharedTable requireShareable(String principal, Share share, TableName name) {
        SharedTable table = catalog.requireShareable(principal, name);
        if (!principal.equals(share.owner())) catalog.requireShareable(share.owner(), name);
        return table;
    }
}
