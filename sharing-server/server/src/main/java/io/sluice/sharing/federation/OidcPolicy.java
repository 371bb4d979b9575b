package io.sluice.sharing.federation;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Which tokens are meant. All is compared letter by letter.
 *
 * @param issuer asked for its keys, so by https, or by http on this machine
 * @param audiences of which the token must name one
 * @param subjectClaim the claim that names the bearer, as in {@code sub}, {@code azp} or {@code groups}
 * @param subject what that claim must say, or hold among others
 */
public record OidcPolicy(String issuer, List<String> audiences, String subjectClaim, String subject) {
    private static final int MOST_AUDIENCES = 100;
    private static final int LONGEST_TEXT = 2_000;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public OidcPolicy {
        audiences = List.copyOf(audiences);
        requireText("issuer", issuer);
        requireIssuer(issuer);
        if (audiences.isEmpty() || audiences.size() > MOST_AUDIENCES)
            throw Failure.invalid(
                    "The oidc_policy has %d audiences. Give it 1 to %d.", audiences.size(), MOST_AUDIENCES);
        for (String audience : audiences) requireText("audience", audience);
        requireText("subject_claim", subjectClaim);
        requireText("subject", subject);
    }

    boolean admits(VerifiedToken token) {
        return token.issuer().equals(issuer)
                && token.audiences().stream().anyMatch(audiences::contains)
                && token.claims().getOrDefault(subjectClaim, List.of()).contains(subject);
    }

    private static void requireText(String field, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT)
            throw Failure.invalid(
                    "The %s of the oidc_policy has %d letters. Give it 1 to %d.", field, text.length(), LONGEST_TEXT);
    }

    /** Whoever could answer in the issuer's name could make tokens for anybody. */
    private static void requireIssuer(String issuer) {
        try {
            URI uri = URI.create(issuer);
            boolean isPlain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean isSafe = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost())));
            if (isPlain && isSafe && uri.getHost() != null) return;
        } catch (IllegalArgumentException e) {
            // Told below, like a URL of another kind.
        }
        throw Failure.invalid(
                "The issuer of the oidc_policy is \"%s\". Write its https:// URL, exactly as its tokens say it.",
                issuer.replaceAll("\\p{Cntrl}", "?"));
    }
}
