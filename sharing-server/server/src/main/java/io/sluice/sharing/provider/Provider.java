package io.sluice.sharing.provider;

import io.sluice.sharing.Authorship;
import java.util.Optional;

/** Another server that shares with us, and how it is asked. */
public record Provider(
        ProviderId id,
        ProviderName name,
        String owner,
        Optional<String> comment,
        KeptProfile profile,
        Authorship authorship) {}
