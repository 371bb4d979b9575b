package io.sluice.sharing.provider;

import io.sluice.client.ListedTable;
import io.sluice.client.TableMetadata;
import io.sluice.client.TableRef;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.NameRule;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What providers share, asked of their servers each time. For whoever may see the provider. */
public final class ProviderShares {
    /** More than that of a server is not taken into memory. */
    public static final int MOST_ITEMS = 10_000;

    private static final Set<String> STEPS = Set.of(".", "..");

    private final Providers providers;
    private final ProfileVault vault;
    private final RemoteShares remote;

    public ProviderShares(Providers providers, ProfileVault vault, RemoteShares remote) {
        this.providers = providers;
        this.vault = vault;
        this.remote = remote;
    }

    /** Names of shares, sorted. */
    public Page<String> shares(String principal, ProviderName name, PageRequest page) {
        ProviderProfile profile = vault.open(providers.get(principal, name));
        List<String> all = remote.shares(name, profile, MOST_ITEMS + 1);
        if (all.size() > MOST_ITEMS) throw new RemoteRefusals(name, profile).tooMany("shares", MOST_ITEMS);
        return Page.of(all.stream().sorted().distinct().toList(), Function.identity(), page);
    }

    /** At most so many tables of the share, in the server's order. */
    public List<ListedTable> tables(String principal, ProviderName name, String share, int most) {
        requireSegment(share);
        ProviderProfile profile = vault.open(providers.get(principal, name));
        return remote.tables(name, profile, share, most);
    }

    /** The provider of a share that the principal may use, and that is there. */
    public ProviderId requireShare(String principal, ProviderName name, String share) {
        tables(principal, name, share, 1);
        return providers.get(principal, name).id();
    }

    /** All tables of a share, for the house itself. */
    public List<ProviderTable> tables(ProviderId id, String share) {
        Provider provider = providers.get(id);
        ProviderProfile profile = vault.open(provider);
        List<ListedTable> all = remote.tables(provider.name(), profile, share, MOST_ITEMS + 1);
        if (all.size() > MOST_ITEMS) throw new RemoteRefusals(provider.name(), profile).tooMany("tables", MOST_ITEMS);
        return all.stream()
                .map(table ->
                        new ProviderTable(table.ref().schema(), table.ref().table()))
                .toList();
    }

    /** What a table's columns are now, for the house itself. */
    public ProviderTable.Columns columns(ProviderId id, String share, ProviderTable table) {
        Provider provider = providers.get(id);
        TableMetadata metadata = remote.metadata(
                provider.name(), vault.open(provider), new TableRef(share, table.schema(), table.table()));
        return new ProviderTable.Columns(metadata.schemaString(), metadata.partitionColumns());
    }

    /** A server may take such a name for a step to another place, where the token would then lead. */
    private static void requireSegment(String share) {
        NameRule.checked("share", share);
        if (STEPS.contains(share)) throw Failure.invalid("The share name \"%s\" is not one.", share);
    }
}
