package io.sluice.catalog.govern;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LocationStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Two things on one folder would let a grant on the one read the other. */
final class TakenLocations {
    private final LocationStore store;
    private final CatalogStore catalogs = new CatalogStore();
    private final SqlUnitOfWork work;

    TakenLocations(SqlUnitOfWork work) {
        this.store = work.locations();
        this.work = work;
    }

    /** Takes the folder, within the transaction that makes what it is for. */
    void take(Connection connection, String location, String securableId) throws SQLException {
        if (!store.claim(connection, location, securableId))
            throw overlaps(location, store.overlapping(connection, work.rootLog(), location));
    }

    /** Throws when the location lies in, or around, the folder of a table, a volume or a model. */
    void requireFree(String location) {
        Optional<String> found = work.read(connection -> store.overlapping(connection, work.rootLog(), location));
        if (found.isPresent()) throw overlaps(location, found);
    }

    /** Throws when another external location covers a part of this one. Requires: nobody else writes to the root. */
    void requireApart(Connection connection, AssetRecord location) throws SQLException {
        String url = String.valueOf(location.location());
        for (AssetRecord other : catalogs.assetsOf(connection, work.rootLog(), SecurableType.EXTERNAL_LOCATION)) {
            String taken = String.valueOf(other.location());
            if (!other.id().equals(location.id()) && Locations.overlap(url, taken))
                throw Failure.invalid("The url %s overlaps external location %s at %s.", url, other.name(), taken);
        }
    }

    private static Failure overlaps(String location, Optional<String> by) {
        return Failure.invalid(
                "The location %s overlaps that of %s. Pick a folder of its own.",
                location, by.orElse("something that was made just now"));
    }
}
