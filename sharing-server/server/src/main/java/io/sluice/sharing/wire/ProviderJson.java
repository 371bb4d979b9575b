package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.client.ListedTable;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.provider.NewProvider;
import io.sluice.sharing.provider.Provider;
import io.sluice.sharing.provider.ProviderName;
import io.sluice.sharing.provider.ProviderPatch;
import io.sluice.sharing.provider.ProviderProfile;
import io.sluice.sharing.recipient.AuthenticationType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Providers in the hosted management API: snake_case, times in epoch milliseconds. Of a profile, never the secret. */
public final class ProviderJson {
    private static final List<AuthenticationType> TYPES =
            List.of(AuthenticationType.TOKEN, AuthenticationType.OAUTH_CLIENT_CREDENTIALS);

    private ProviderJson() {}

    public static NewProvider newProvider(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the provider",
                Json.body(bytes),
                Set.of("name", "authentication_type", "comment", "recipient_profile_str"),
                Set.of());
        return new NewProvider(
                ProviderName.of(body.requiredText("name")),
                body.text("comment"),
                type(body),
                ProviderProfile.parse(body.requiredText("recipient_profile_str")));
    }

    public static ProviderPatch patch(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the provider",
                Json.body(bytes),
                Set.of("name", "new_name", "owner", "comment", "authentication_type", "recipient_profile_str"),
                Set.of());
        return new ProviderPatch(
                body.text("new_name").map(ProviderName::of),
                body.text("owner"),
                body.text("comment"),
                type(body),
                body.text("recipient_profile_str").map(ProviderProfile::parse));
    }

    public static ObjectNode providers(Page<Provider> page) {
        ObjectNode json = Json.object();
        ArrayNode providers = json.putArray("providers");
        page.items().forEach(provider -> providers.add(provider(provider)));
        page.nextToken().ifPresent(token -> json.put("next_page_token", token));
        return json;
    }

    public static ObjectNode provider(Provider provider) {
        ObjectNode json = Json.object();
        json.put("name", provider.name().value());
        json.put("owner", provider.owner());
        json.put("comment", provider.comment().orElse(null));
        json.put("authentication_type", provider.profile().type().name());
        json.putObject("recipient_profile")
                .put("share_credentials_version", provider.profile().version())
                .put("endpoint", provider.profile().endpoint());
        AuthorshipJson.put(json, provider.authorship());
        return json;
    }

    public static ObjectNode shares(Page<String> page) {
        ObjectNode json = Json.object();
        ArrayNode shares = json.putArray("shares");
        page.items().forEach(name -> shares.addObject().put("name", name));
        page.nextToken().ifPresent(token -> json.put("next_page_token", token));
        return json;
    }

    /** The open protocol lists tables alone, so that the other kinds are none. */
    public static ObjectNode assets(String share, List<ListedTable> tables) {
        ObjectNode json = Json.object();
        json.putObject("share").put("name", share);
        ArrayNode array = json.putArray("tables");
        tables.forEach(table -> array.add(table(table)));
        json.putArray("volumes");
        json.putArray("functions");
        json.putArray("notebooks");
        return json;
    }

    private static ObjectNode table(ListedTable table) {
        ObjectNode json = Json.object();
        json.put("name", table.ref().table());
        json.put("schema", table.ref().schema());
        json.put("share", table.ref().share());
        table.id().ifPresent(id -> json.put("id", id));
        table.shareId().ifPresent(id -> json.put("share_id", id));
        return json;
    }

    private static Optional<AuthenticationType> type(ManagementBody body) {
        return body.text("authentication_type").map(ProviderJson::type);
    }

    private static AuthenticationType type(String wanted) {
        return TYPES.stream()
                .filter(type -> type.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Failure.unsupported(
                        "authentication_type %s of a provider is not served. Use one of %s.", wanted, TYPES));
    }
}
