package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.NewRecipient;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.RecipientPatch;
import io.sluice.sharing.recipient.RecipientToken;
import io.sluice.sharing.recipient.RecipientView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recipients in the hosted management API: snake_case, times in epoch milliseconds. */
public final class RecipientJson {
    private static final String TOKEN = "TOKEN";
    private static final Set<String> NOT_SERVED = Set.of("ip_access_list", "sharing_code");

    private RecipientJson() {}

    public static NewRecipient newRecipient(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the recipient",
                Json.body(bytes),
                Set.of(
                        "name",
                        "authentication_type",
                        "owner",
                        "comment",
                        "expiration_time",
                        "properties_kvpairs",
                        "data_recipient_global_metastore_id"),
                NOT_SERVED);
        String authentication = body.text("authentication_type").orElse(TOKEN);
        if (!authentication.equals(TOKEN))
            throw Failure.unsupported("authentication_type %s is not served yet. Use %s.", authentication, TOKEN);
        return new NewRecipient(
                RecipientName.of(body.requiredText("name")),
                body.text("owner"),
                body.text("comment"),
                body.text("data_recipient_global_metastore_id").filter(id -> !id.isEmpty()),
                properties(body).orElse(Map.of()),
                body.wholeNumber("expiration_time").map(Instant::ofEpochMilli));
    }

    public static RecipientPatch patch(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the recipient",
                Json.body(bytes),
                Set.of(
                        "name",
                        "new_name",
                        "owner",
                        "comment",
                        "properties_kvpairs",
                        "data_recipient_global_metastore_id"),
                Set.of("ip_access_list", "expiration_time"));
        return new RecipientPatch(
                body.text("new_name").map(RecipientName::of),
                body.text("owner"),
                body.text("comment"),
                body.text("data_recipient_global_metastore_id"),
                properties(body));
    }

    /** How long existing tokens go on. */
    public static Duration grace(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the rotation", Json.body(bytes), Set.of("name", "existing_token_expire_in_seconds"), Set.of());
        return body.wholeNumber("existing_token_expire_in_seconds")
                .map(Duration::ofSeconds)
                .orElseThrow(() -> Failure.invalid(
                        "The rotation has no existing_token_expire_in_seconds. Give 0 to end the existing token at "
                                + "once, or more."));
    }

    public static ObjectNode recipients(Page<RecipientView> page) {
        ObjectNode json = Json.object();
        ArrayNode recipients = json.putArray("recipients");
        page.items().forEach(view -> recipients.add(recipient(view)));
        page.nextToken().ifPresent(token -> json.put("next_page_token", token));
        return json;
    }

    public static ObjectNode recipient(RecipientView view) {
        Recipient recipient = view.recipient();
        ObjectNode json = Json.object();
        json.put("id", recipient.id().value());
        json.put("name", recipient.name().value());
        json.put("owner", recipient.owner());
        json.put("comment", recipient.comment().orElse(null));
        json.put("authentication_type", TOKEN);
        json.put("activated", view.isActivated());
        json.put("activation_url", view.activationLink().orElse(null));
        json.put("data_recipient_global_metastore_id", recipient.metastore().orElse(null));
        recipient.region().ifPresent(region -> json.put("cloud", region.cloud()).put("region", region.name()));
        ObjectNode properties = json.putObject("properties_kvpairs").putObject("properties");
        recipient.properties().forEach(properties::put);
        ArrayNode tokens = json.putArray("tokens");
        view.tokens().forEach(token -> tokens.add(token(token, view.activationLink())));
        AuthorshipJson.put(json, recipient.authorship());
        return json;
    }

    private static ObjectNode token(RecipientToken token, Optional<String> activationLink) {
        ObjectNode json = Json.object();
        json.put("id", token.id());
        // At most one token has no secret yet, and it is the one that the link is for.
        json.put("activation_url", token.isActivated() ? null : activationLink.orElse(null));
        json.put("expiration_time", token.expiresAt().toEpochMilli());
        AuthorshipJson.put(json, token.authorship());
        return json;
    }

    private static Optional<Map<String, String>> properties(ManagementBody body) {
        return body.object("properties_kvpairs")
                .map(pairs -> ManagementBody.of("properties_kvpairs", pairs, Set.of("properties"), Set.of())
                        .object("properties")
                        .map(properties -> ManagementBody.textsByName("properties", properties))
                        .orElse(Map.of()));
    }
}
