package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.query.ShareListing.FoundTable;
import java.time.Instant;

/** Finds old versions of tables, for recipients with whom their history is shared. */
final class PastVersions {
    private final TableRoutes routes;

    PastVersions(TableRoutes routes) {
        this.routes = routes;
    }

    RoutedTable at(FoundTable found, TableAddress address, long version) {
        requireVersions(found, address);
        requireShared(found, address, version);
        return routes.at(found, version);
    }

    /** As it was at a moment. */
    RoutedTable at(FoundTable found, TableAddress address, Instant moment) {
        requireVersions(found, address);
        return at(found, address, routes.<Long>ask(found.table(), log -> log.versionAt(moment)));
    }

    /** The first version made at or after a moment. Requires: history is shared. */
    long versionFrom(FoundTable found, TableAddress address, Instant moment) {
        long version = routes.<Long>ask(found.table(), log -> log.versionFrom(moment));
        requireShared(found, address, version);
        return version;
    }

    long versionAt(FoundTable found, Instant moment) {
        return routes.<Long>ask(found.table(), log -> log.versionAt(moment));
    }

    static void requireVersions(FoundTable found, TableAddress address) {
        if (!found.history().hasVersions()) throw notShared(address);
    }

    static void requireHistory(FoundTable found, TableAddress address) {
        if (!found.history().isShared()) throw notShared(address);
    }

    static void requireShared(FoundTable found, TableAddress address, long version) {
        if (version < found.history().startVersion())
            throw Failure.invalid(
                    "You can only query table %s from version %d on; version %d was asked for.",
                    address, found.history().startVersion(), version);
    }

    private static Failure notShared(TableAddress address) {
        return Failure.unsupported(
                "Reading table by version or timestamp is not supported because history sharing is not enabled on "
                        + "table: %s. Read the newest version.",
                address);
    }
}
