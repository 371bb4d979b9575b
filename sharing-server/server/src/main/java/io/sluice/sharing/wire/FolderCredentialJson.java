package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.FolderCredential;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Credentials for the folder of a table, and the question for them. */
public final class FolderCredentialJson {
    private FolderCredentialJson() {}

    /** The folder that is asked for; empty for the whole table. */
    public static Optional<URI> wanted(byte[] body) {
        if (body.length == 0) return Optional.empty();
        ObjectNode json = Json.body(body);
        if (!json.hasNonNull("location")) return Optional.empty();
        if (!json.get("location").isTextual()) throw Failure.invalid("location must be a text.");
        String text = json.get("location").textValue();
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            throw Failure.invalid("location is \"%s\", which is no URL. Take it from the table's list entry.", text);
        }
    }

    public static ObjectNode of(FolderCredential credential) {
        ObjectNode line = Json.object();
        ObjectNode json = line.putObject("credentials");
        json.put("location", credential.folder().toString());
        put(json, credential.secret());
        json.put("expirationTime", credential.expires().toEpochMilli());
        return line;
    }

    private static void put(ObjectNode json, FolderCredential.Secret secret) {
        if (secret instanceof FolderCredential.AwsSession aws) {
            json.putObject("awsTempCredentials")
                    .put("accessKeyId", aws.accessKeyId())
                    .put("secretAccessKey", aws.secretAccessKey())
                    .put("sessionToken", aws.sessionToken());
            // The protocol has no field for where such a store is.
            aws.endpoint()
                    .ifPresent(store -> json.putObject("s3Compatible")
                            .put("endpoint", store.uri().toString())
                            .put("region", store.region())
                            .put("pathStyle", store.isPathStyle()));
        } else if (secret instanceof FolderCredential.AzureSas azure)
            json.putObject("azureUserDelegationSas").put("sasToken", azure.token());
        else if (secret instanceof FolderCredential.GoogleToken google)
            json.putObject("gcpOauthToken").put("oauthToken", google.token());
    }
}
