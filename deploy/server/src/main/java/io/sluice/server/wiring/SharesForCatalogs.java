package io.sluice.server.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.catalog.mount.MountedShares;
import io.sluice.catalog.record.Mount;
import io.sluice.sharing.provider.ProviderId;
import io.sluice.sharing.provider.ProviderName;
import io.sluice.sharing.provider.ProviderShares;
import io.sluice.sharing.provider.ProviderTable;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Providers' shares in the catalog's words, remembered for a while: people look at one thing after another. */
final class SharesForCatalogs implements MountedShares {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    /** Tables of all shares together. */
    private static final long MOST_TABLES = 100_000;

    private static final long MOST_COLUMNS = 2_000;

    /** Asked for when needed: providers ask the catalog who may use them. */
    private final Provider<ProviderShares> shares;

    private final Cache<Mount, List<RemoteTable>> listings = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumWeight(MOST_TABLES)
            .weigher((Mount mount, List<RemoteTable> tables) -> tables.size() + 1)
            .build();

    private final Cache<TableOf, RemoteColumns> columns = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_COLUMNS)
            .build();

    private record TableOf(Mount mount, RemoteTable table) {}

    SharesForCatalogs(Provider<ProviderShares> shares) {
        this.shares = shares;
    }

    @Override
    public Mount requireMountable(String principal, String providerName, String shareName) {
        ProviderName name = ProviderName.of(providerName);
        ProviderId id = shares.get().requireShare(principal, name, shareName);
        return new Mount(id.value(), name.value(), shareName);
    }

    /** Two who ask at once both ask the other server: nobody waits for somebody else's question to end. */
    @Override
    public List<RemoteTable> tables(Mount mount) {
        @Nullable List<RemoteTable> known = listings.getIfPresent(mount);
        if (known != null) return known;
        List<RemoteTable> asked = shares.get().tables(new ProviderId(mount.providerId()), mount.shareName()).stream()
                .map(table -> new RemoteTable(table.schema(), table.table()))
                .toList();
        listings.put(mount, asked);
        return asked;
    }

    @Override
    public RemoteColumns columns(Mount mount, RemoteTable table) {
        TableOf key = new TableOf(mount, table);
        @Nullable RemoteColumns known = columns.getIfPresent(key);
        if (known != null) return known;
        ProviderTable.Columns told = shares.get()
                .columns(
                        new ProviderId(mount.providerId()),
                        mount.shareName(),
                        new ProviderTable(table.schema(), table.table()));
        RemoteColumns asked = new RemoteColumns(told.schemaString(), told.partitionColumns());
        columns.put(key, asked);
        return asked;
    }
}
