package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Google's answers as failures of the port. */
final class GoogleFailures {
    private static final int MESSAGE_BYTES = 4096;

    private final URI root;

    GoogleFailures(URI root) {
        this.root = root;
    }

    IOException of(String verb, String key, HttpResponse<InputStream> answer) throws IOException {
        int status = answer.statusCode();
        String said = message(answer);
        if (status == 404 && !said.contains("bucket does not exist")) return notFound(key);
        if (status == 401 || status == 403)
            return new StoreDeniedException(
                    "The store at " + root + " refuses to " + verb + " \"" + key + "\": " + said + ".");
        return new IOException(
                "The store at " + root + " answered " + status + " to " + verb + " \"" + key + "\": " + said + ".");
    }

    ObjectNotFoundException notFound(String key) {
        return new ObjectNotFoundException("There is no object \"" + key + "\" in " + root + ".");
    }

    /** In JSON for most requests, plain for those of bodies. */
    private static String message(HttpResponse<InputStream> answer) throws IOException {
        byte[] body;
        try (InputStream in = answer.body()) {
            body = in.readNBytes(MESSAGE_BYTES);
        }
        String text = new String(body, StandardCharsets.UTF_8).trim();
        if (!text.startsWith("{")) return text;
        return GoogleHttp.JSON.readTree(text).path("error").path("message").asText(text);
    }
}
