package io.sluice.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a recipient that comes with tokens of its own identity provider. */
final class OidcWish {
    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = "It comes with tokens of this issuer, and gets none of ours.")
    private @Nullable String issuer;

    @Option(
            names = "--oidc-subject",
            paramLabel = "SUBJECT",
            description = "What the claim must say that names the bearer.")
    private @Nullable String subject;

    @Option(
            names = "--oidc-claim",
            paramLabel = "CLAIM",
            defaultValue = "sub",
            description = "The claim that names the bearer, as in sub, azp or groups. Default: sub.")
    private String claim = "sub";

    @Option(
            names = "--oidc-audience",
            paramLabel = "AUDIENCE",
            description = "For whom the tokens are made; the sharing address if not given. May be repeated.")
    private List<String> audiences = List.of();

    boolean isGiven() {
        return issuer != null;
    }

    void addTo(ObjectNode recipient) {
        if ((issuer == null) != (subject == null))
            throw CommandFailure.usage("--oidc-issuer and --oidc-subject come together; one of them is missing.");
        if (issuer != null) recipient.put("authentication_type", "OIDC_FEDERATION");
    }

    ObjectNode policy() {
        ObjectNode policy = Json.object().put("name", "first");
        ObjectNode oidc = policy.putObject("oidc_policy")
                .put("issuer", issuer)
                .put("subject_claim", claim)
                .put("subject", subject);
        ArrayNode all = oidc.putArray("audiences");
        audiences.forEach(all::add);
        return policy;
    }
}
