package io.sluice.server.wiring;

import io.sluice.catalog.govern.Governance;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.model.name.EntityName;
import io.sluice.model.work.UnitOfWork;
import io.sluice.sharing.SharingAuthority;
import io.sluice.sharing.provider.JdbcProviderStore;
import io.sluice.sharing.provider.ProfileVault;
import io.sluice.sharing.provider.ProviderShares;
import io.sluice.sharing.provider.ProviderUses;
import io.sluice.sharing.provider.Providers;
import io.sluice.sharing.provider.RemoteShares;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Providers: the other servers whose shares are read here. */
public final class ProviderWiring {
    /** The key of the key service that seals profiles. Made with the first of them. */
    private static final String PROFILE_KEY = "provider-profiles";

    @Produces
    @Singleton
    ProfileVault profileVault(LocalKms kms) {
        return new ProfileVault(kms, () -> kms.create(PROFILE_KEY));
    }

    @Produces
    @Singleton
    Providers providers(
            UnitOfWork work, ProfileVault vault, SharingAuthority authority, Governance governance, Clock clock) {
        ProviderUses uses = provider -> governance.catalogs().mountedFrom(provider.value()).stream()
                .map(EntityName::value)
                .toList();
        return new Providers(work, new JdbcProviderStore(), vault, authority, uses, clock);
    }

    @Produces
    @Singleton
    RemoteShares remoteShares() {
        return new RemoteShares(RemoteShares.PATIENCE);
    }

    void close(@Disposes RemoteShares remote) {
        remote.close();
    }

    @Produces
    @Singleton
    ProviderShares providerShares(Providers providers, ProfileVault vault, RemoteShares remote) {
        return new ProviderShares(providers, vault, remote);
    }
}
