package io.sluice.sharing.federation;

import io.sluice.sharing.Authorship;
import io.sluice.sharing.recipient.RecipientId;
import java.util.Optional;

/** Lets the bearers of certain tokens in as a recipient. */
public record FederationPolicy(
        String id,
        RecipientId recipient,
        PolicyName name,
        Optional<String> comment,
        OidcPolicy oidc,
        Authorship authorship) {
    public boolean admits(VerifiedToken token) {
        return oidc.admits(token);
    }
}
