package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.asset.ModelVersion;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.query.FolderAccess;
import io.sluice.sharing.query.SharedFolders.GivenVersion;
import io.sluice.sharing.share.GivenAsset;

/** Volumes, models and credentials for their files, as OpenSharing spells them: in camelCase. */
public final class AssetJson {
    private AssetJson() {}

    public static ObjectNode volume(GivenAsset volume) {
        return named("name", volume)
                .put("shareId", volume.share().id().value())
                .put("id", volume.asset().id())
                .put("storageLocation", volume.asset().location());
    }

    public static ObjectNode model(GivenAsset model) {
        ObjectNode json = named("name", model)
                .put("shareId", model.share().id().value())
                .put("id", model.asset().id());
        model.asset().comment().ifPresent(comment -> json.put("comment", comment));
        return json;
    }

    public static ObjectNode version(GivenVersion given) {
        ModelVersion version = given.version();
        ObjectNode json = named("modelName", given.model())
                .put("version", version.number())
                .put("status", "READY")
                .put("storageLocation", version.location())
                .put("id", version.id())
                .put("source", version.source());
        version.runId().ifPresent(run -> json.put("runId", run));
        version.comment().ifPresent(comment -> json.put("comment", comment));
        return json;
    }

    /** As the protocol has them for a table. */
    public static ObjectNode opened(FolderAccess.Opened opened) {
        ObjectNode credentials = Json.object().put("location", opened.folder().toString());
        credentials.setAll(credentials(opened.credentials()));
        return Json.object().set("credentials", credentials);
    }

    public static ObjectNode credentials(FolderCredentials credentials) {
        ObjectNode json = Json.object();
        if (credentials instanceof FolderCredentials.Amazon amazon) put(json, amazon);
        else if (credentials instanceof FolderCredentials.Azure azure)
            json.putObject("azureUserDelegationSas").put("sasToken", azure.sasToken());
        else if (credentials instanceof FolderCredentials.Google google)
            json.putObject("gcpOauthToken").put("oauthToken", google.oauthToken());
        return json.put("expirationTime", credentials.expiresAt().toEpochMilli());
    }

    private static void put(ObjectNode json, FolderCredentials.Amazon amazon) {
        json.putObject("awsTempCredentials")
                .put("accessKeyId", amazon.accessKeyId())
                .put("secretAccessKey", amazon.secretAccessKey())
                .put("sessionToken", amazon.sessionToken());
        // The protocol has no field for stores that are not Amazon's, so it is told in one of our own.
        amazon.endpoint()
                .ifPresent(store -> json.putObject("s3Compatible")
                        .put("endpoint", store.uri().toString())
                        .put("region", store.region())
                        .put("pathStyle", store.isPathStyle()));
    }

    private static ObjectNode named(String field, GivenAsset asset) {
        return Json.object()
                .put(field, asset.name().table())
                .put("schema", asset.name().schema())
                .put("share", asset.share().name().value());
    }
}
