package io.sluice.sharing.provider;

import java.util.List;

/** Who relies on a provider. Plugged in by the server. */
@FunctionalInterface
public interface ProviderUses {
    /** Names of the catalogs that show its shares. */
    List<String> catalogsOver(ProviderId provider);
}
