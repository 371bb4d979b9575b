package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.query.FolderAccess;
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

    public static ObjectNode of(FolderAccess.Opened opened) {
        ObjectNode credentials = Json.object().put("location", opened.folder().toString());
        credentials.setAll(AssetJson.credentials(opened.credentials()));
        return Json.object().set("credentials", credentials);
    }
}
