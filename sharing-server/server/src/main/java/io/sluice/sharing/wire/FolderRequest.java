package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The body by which a recipient asks for a credential.
 *
 * @param location of the table, or below it; empty for the whole table
 */
public record FolderRequest(Optional<URI> location) {
    public static FolderRequest parse(byte[] body) {
        ObjectNode json = Json.body(body);
        if (!json.hasNonNull("location")) return new FolderRequest(Optional.empty());
        if (!json.get("location").isTextual()) throw Failure.invalid("location must be a text.");
        String text = json.get("location").textValue();
        try {
            return new FolderRequest(Optional.of(new URI(text)));
        } catch (URISyntaxException e) {
            throw Failure.invalid("location is \"%s\", which is no URL. Take it from the table's list entry.", text);
        }
    }
}
