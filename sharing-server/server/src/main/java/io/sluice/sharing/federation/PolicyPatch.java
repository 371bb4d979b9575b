package io.sluice.sharing.federation;

import io.sluice.sharing.Authorship;
import java.util.Optional;

/** What to change of a policy; what is empty stays. An empty comment text removes the comment. */
public record PolicyPatch(Optional<String> comment, Optional<OidcPolicy> oidc) {
    FederationPolicy applyTo(FederationPolicy policy, Authorship authorship) {
        return new FederationPolicy(
                policy.id(),
                policy.recipient(),
                policy.name(),
                comment.isPresent() ? comment.filter(text -> !text.isEmpty()) : policy.comment(),
                oidc.orElse(policy.oidc()),
                authorship);
    }
}
