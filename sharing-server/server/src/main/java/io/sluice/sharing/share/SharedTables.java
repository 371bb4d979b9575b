package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import java.util.Optional;
import java.util.Set;

/** Finds the tables behind shared objects. */
public final class SharedTables {
    private static final Set<FailureKind> BROKEN =
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
        try {
            return Optional.of(catalog.requireShareable(share.owner(), object.table()))
                    .filter(table -> table.id().equals(object.tableId()));
        } catch (Failure failure) {
            if (BROKEN.contains(failure.kind())) return Optional.empty();
            throw failure;
        }
    }

    SharedTable requireShareable(String principal, Share share, TableName name) {
        SharedTable table = catalog.requireShareable(principal, name);
        if (!principal.equals(share.owner())) catalog.requireShareable(share.owner(), name);
        return table;
    }
}
