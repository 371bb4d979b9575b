package io.sluice.sharing.provider;

import io.sluice.sharing.recipient.AuthenticationType;
import java.util.Optional;

/** @param type what the caller takes the profile for; it must be that */
public record NewProvider(
        ProviderName name, Optional<String> comment, Optional<AuthenticationType> type, ProviderProfile profile) {
    public NewProvider {
        type.ifPresent(profile::requireType);
    }
}
