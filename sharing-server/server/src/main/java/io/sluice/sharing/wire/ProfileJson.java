package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.Activation.Credential;
import java.util.Optional;

/** Profile files, in camelCase. */
public final class ProfileJson {
    private ProfileJson() {}

    /** Of the profile's format. The first is known to every client, and knows bearer tokens only. */
    public enum Version {
        ONE,
        TWO
    }

    public static Version version(Optional<String> asked) {
        return switch (asked.orElse("1")) {
            case "1" -> Version.ONE;
            case "2" -> Version.TWO;
            default -> throw Failure.invalid("share_credentials_version is \"%s\". Ask for 1 or 2.", asked.orElse(""));
        };
    }

    public static ObjectNode of(Credential credential, Version wanted) {
        return credential
                .client()
                .map(client -> oauth(credential, client))
                .orElseGet(() -> wanted == Version.ONE ? first(credential) : bearer(credential));
    }

    private static ObjectNode first(Credential credential) {
        ObjectNode json = Json.object().put("shareCredentialsVersion", 1);
        return withEnd(json.put("endpoint", credential.endpoint()).put("bearerToken", credential.secret()), credential);
    }

    private static ObjectNode bearer(Credential credential) {
        ObjectNode json = second(credential, "bearer_token");
        return withEnd(json.put("bearerToken", credential.secret()), credential);
    }

    private static ObjectNode oauth(Credential credential, Activation.OAuthClient client) {
        ObjectNode json = second(credential, "oauth_client_credentials");
        json.put("tokenEndpoint", client.tokenEndpoint());
        json.put("clientId", client.id());
        json.put("clientSecret", credential.secret());
        return withEnd(json, credential);
    }

    private static ObjectNode second(Credential credential, String type) {
        return Json.object().put("shareCredentialsVersion", 2).put("type", type).put("endpoint", credential.endpoint());
    }

    private static ObjectNode withEnd(ObjectNode json, Credential credential) {
        return json.put("expirationTime", credential.expiresAt().toString());
    }
}
