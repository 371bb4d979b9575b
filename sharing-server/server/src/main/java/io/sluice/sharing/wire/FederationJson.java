package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.federation.FederationPolicy;
import io.sluice.sharing.federation.NewPolicy;
import io.sluice.sharing.federation.OidcPolicy;
import io.sluice.sharing.federation.PolicyPatch;
import io.sluice.sharing.internal.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Federation policies in the hosted management API: snake_case, times in ISO 8601. */
public final class FederationJson {
    private static final String COMMENT = "comment";
    private static final String POLICY = "oidc_policy";
    /** Clients send back what they were answered; what only the server says is passed over. */
    private static final Set<String> FIELDS =
            Set.of("name", COMMENT, POLICY, "id", "create_time", "update_time", "recipient_id");

    private FederationJson() {}

    public static NewPolicy newPolicy(byte[] bytes) {
        ManagementBody body = ManagementBody.of("the policy", Json.body(bytes), FIELDS, Set.of());
        Optional<String> name = body.text("name");
        Optional<String> comment = body.text(COMMENT);
        Oidc oidc = body.object(POLICY).map(Oidc::read).orElseThrow(() -> missing(POLICY));
        return new NewPolicy(
                name, comment, oidc.requiredIssuer(), oidc.audiences, oidc.requiredClaim(), oidc.requiredSubject());
    }

    /** @param mask the fields to change, with commas between; all that the body has, unless given */
    public static PolicyPatch patch(byte[] bytes, Optional<String> mask) {
        ManagementBody body = ManagementBody.of("the policy", Json.body(bytes), FIELDS, Set.of());
        List<String> named = List.of(mask.orElse("*").split(","));
        for (String field : named)
            if (!Set.of("*", COMMENT, POLICY).contains(field))
                throw Failure.invalid("The update_mask names \"%s\". It can name %s and %s.", field, COMMENT, POLICY);
        boolean isAll = named.contains("*");
        Optional<String> comment = body.text(COMMENT).or(() -> Optional.of("").filter(none -> named.contains(COMMENT)));
        Optional<OidcPolicy> oidc = body.object(POLICY).map(Oidc::read).map(Oidc::whole);
        if (named.contains(POLICY) && oidc.isEmpty()) throw missing(POLICY);
        return new PolicyPatch(
                comment.filter(text -> isAll || named.contains(COMMENT)),
                oidc.filter(policy -> isAll || named.contains(POLICY)));
    }

    public static ObjectNode policies(Page<FederationPolicy> page) {
        ObjectNode json = Json.object();
        ArrayNode policies = json.putArray("policies");
        page.items().forEach(policy -> policies.add(policy(policy)));
        page.nextToken().ifPresent(token -> json.put("next_page_token", token));
        return json;
    }

    public static ObjectNode policy(FederationPolicy policy) {
        ObjectNode json = Json.object();
        json.put("id", policy.id());
        json.put("name", policy.name().value());
        json.put(COMMENT, policy.comment().orElse(null));
        json.put("recipient_id", policy.recipient().value());
        ObjectNode oidc = json.putObject(POLICY);
        oidc.put("issuer", policy.oidc().issuer());
        ArrayNode audiences = oidc.putArray("audiences");
        policy.oidc().audiences().forEach(audiences::add);
        oidc.put("subject_claim", policy.oidc().subjectClaim());
        oidc.put("subject", policy.oidc().subject());
        json.put("create_time", policy.authorship().createdAt().toString());
        json.put("update_time", policy.authorship().updatedAt().toString());
        return json;
    }

    /** The object as it was sent. */
    private record Oidc(
            Optional<String> issuer, List<String> audiences, Optional<String> claim, Optional<String> subject) {
        static Oidc read(ObjectNode json) {
            ManagementBody body = ManagementBody.of(
                    POLICY, json, Set.of("issuer", "audiences", "subject_claim", "subject"), Set.of());
            return new Oidc(
                    body.text("issuer"), body.texts("audiences"), body.text("subject_claim"), body.text("subject"));
        }

        OidcPolicy whole() {
            return new OidcPolicy(requiredIssuer(), audiences, requiredClaim(), requiredSubject());
        }

        String requiredIssuer() {
            return issuer.orElseThrow(() -> missing("issuer"));
        }

        String requiredClaim() {
            return claim.orElseThrow(() -> missing("subject_claim"));
        }

        String requiredSubject() {
            return subject.orElseThrow(() -> missing("subject"));
        }
    }

    private static Failure missing(String field) {
        return Failure.invalid("The policy has no %s. Give one.", field);
    }
}
