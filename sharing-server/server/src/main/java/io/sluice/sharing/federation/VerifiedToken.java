package io.sluice.sharing.federation;

import java.util.List;
import java.util.Map;

/**
 * What an issuer says in a token that it signed and that has not expired. For whom it was made and whom it names is
 * still to be judged.
 *
 * @param claims those that are texts or lists of texts; a single text is a list of one
 */
public record VerifiedToken(String issuer, List<String> audiences, Map<String, List<String>> claims) {
    public VerifiedToken {
        audiences = List.copyOf(audiences);
        claims = Map.copyOf(claims);
    }
}
