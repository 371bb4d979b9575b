package io.sluice.catalog.mount;

import io.sluice.catalog.record.Mount;
import io.sluice.model.failure.Failure;
import java.util.List;

/**
 * Shares of other servers, as catalogs need them. Plugged in by the server. Every answer may be some seconds old; where
 * the other server gives none, a {@code Failure} says why.
 */
public interface MountedShares {
    /** @param schemaString the columns in Delta's JSON */
    record RemoteColumns(String schemaString, List<String> partitionColumns) {}

    record RemoteTable(String schema, String table) {}

    /** The share, if {@code principal} may use its provider and it is there. Throws otherwise. */
    Mount requireMountable(String principal, String providerName, String shareName);

    /** The same list as long as the same answer stands. */
    List<RemoteTable> tables(Mount mount);

    RemoteColumns columns(Mount mount, RemoteTable table);

    /** Where there are no providers. */
    MountedShares NONE = new MountedShares() {
        @Override
        public Mount requireMountable(String principal, String providerName, String shareName) {
            throw noProviders();
        }

        @Override
        public List<RemoteTable> tables(Mount mount) {
            throw noProviders();
        }

        @Override
        public RemoteColumns columns(Mount mount, RemoteTable table) {
            throw noProviders();
        }

        private Failure noProviders() {
            return Failure.unsupported("Shares are mounted in the server's first metastore only.");
        }
    };
}
