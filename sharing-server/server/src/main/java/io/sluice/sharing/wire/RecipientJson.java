package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.Admission;
import io.sluice.sharing.recipient.AuthenticationType;
import io.sluice.sharing.recipient.IpAccessList;
import io.sluice.sharing.recipient.NewRecipient;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.RecipientPatch;
import io.sluice.sharing.recipient.RecipientToken;
import io.sluice.sharing.recipient.RecipientView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recipients in the hosted management API: snake_case, times in epoch milliseconds. */
public final class RecipientJson {
    private static final Set<String> NOT_SERVED = Set.of("id", "sharing_code");

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
                        "ip_access_list",
                        "properties_kvpairs",
                        "data_recipient_global_metastore_id"),
                NOT_SERVED);
        return new NewRecipient(
                RecipientName.of(body.requiredText("name")),
                body.text("owner"),
                body.text("comment"),
                body.text("data_recipient_global_metastore_id").filter(id -> !id.isEmpty()),
                properties(body).orElse(Map.of()),
                new Admission(
                        authenticationType(body),
                        addresses(body).orElse(IpAccessList.EVERYWHERE),
                        expirationTime(body)));
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
                        "expiration_time",
                        "ip_access_list",
                        "properties_kvpairs",
                        "data_recipient_global_metastore_id"),
                Set.of("id"));
        return new RecipientPatch(
                body.text("new_name").map(RecipientName::of),
                body.text("owner"),
                body.text("comment"),
                body.text("data_recipient_global_metastore_id"),
                properties(body),
                addresses(body),
                expirationTime(body));
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
        json.put("authentication_type", recipient.admission().type().name());
        view.expiresAt().ifPresent(end -> json.put("expiration_time", end.toEpochMilli()));
        ArrayNode addresses = json.putObject("ip_access_list").putArray("allowed_ip_addresses");
        recipient.admission().addresses().texts().forEach(addresses::add);
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

    private static AuthenticationType authenticationType(ManagementBody body) {
        String wanted = body.text("authentication_type").orElse(AuthenticationType.TOKEN.name());
        return Stream.of(AuthenticationType.values())
                .filter(type -> type.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Failure.unsupported(
                        "authentication_type %s is not served. Use one of %s.",
                        wanted, List.of(AuthenticationType.values())));
    }

    private static Optional<Instant> expirationTime(ManagementBody body) {
        return body.wholeNumber("expiration_time").map(Instant::ofEpochMilli);
    }

    private static Optional<IpAccessList> addresses(ManagementBody body) {
        return body.object("ip_access_list")
                .map(list -> ManagementBody.of("ip_access_list", list, Set.of("allowed_ip_addresses"), Set.of()))
                // An object that says nothing must not open the door.
                .filter(list -> list.has("allowed_ip_addresses"))
                .map(list -> IpAccessList.of(list.texts("allowed_ip_addresses")));
    }

    private static Optional<Map<String, String>> properties(ManagementBody body) {
        return body.object("properties_kvpairs")
                .map(pairs -> ManagementBody.of("properties_kvpairs", pairs, Set.of("properties"), Set.of())
                        .object("properties")
                        .map(properties -> ManagementBody.textsByName("properties", properties))
                        .orElse(Map.of()));
    }
}
