package io.sluice.sharing.provider;

import io.sluice.sharing.Authorship;
import io.sluice.sharing.recipient.AuthenticationType;
import java.util.Optional;

/** What to change of a provider; what is empty stays. An empty comment text removes the comment. */
public record ProviderPatch(
        Optional<ProviderName> newName,
        Optional<String> owner,
        Optional<String> comment,
        Optional<AuthenticationType> type,
        Optional<ProviderProfile> profile) {
    public ProviderPatch {
        type.ifPresent(wanted -> profile.ifPresent(given -> given.requireType(wanted)));
    }

    Provider applyTo(Provider provider, KeptProfile kept, Authorship authorship) {
        return new Provider(
                provider.id(),
                newName.orElse(provider.name()),
                owner.orElse(provider.owner()),
                comment.isPresent() ? comment.filter(text -> !text.isEmpty()) : provider.comment(),
                kept,
                authorship);
    }
}
