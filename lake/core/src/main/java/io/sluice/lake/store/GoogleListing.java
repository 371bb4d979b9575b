package io.sluice.lake.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.store.GoogleHttp.Again;
import io.sluice.lake.store.TrafficMeter.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A list, page by page. What other tools leave in buckets and is no object of ours (folder markers) is left out. */
final class GoogleListing implements Iterator<ObjectInfo> {
    private final GoogleHttp http;
    private final GoogleFailures failures;
    private final String storePrefix;
    private final String startAfter;
    private final String url;
    private Iterator<JsonNode> items;
    private String nextPage;
    private @Nullable ObjectInfo next;

    GoogleListing(
            GoogleHttp http,
            GoogleFailures failures,
            String objectsUrl,
            String storePrefix,
            String prefix,
            String startAfter)
            throws IOException {
        this.http = http;
        this.failures = failures;
        this.storePrefix = storePrefix;
        this.startAfter = startAfter;
        this.url = objectsUrl + "?fields=" + PercentEncoding.query("nextPageToken,items(name,size,updated)")
                + "&prefix=" + PercentEncoding.query(prefix)
                + "&startOffset=" + PercentEncoding.query(startAfter);
        JsonNode page = fetch(url);
        this.items = page.path("items").elements();
        this.nextPage = page.path("nextPageToken").asText();
    }

    @Override
    public boolean hasNext() {
        while (next == null && (items.hasNext() || turnPage())) {
            if (items.hasNext()) next = object(items.next());
        }
        return next != null;
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext() || next == null) throw new NoSuchElementException();
        ObjectInfo current = next;
        next = null;
        return current;
    }

    private @Nullable ObjectInfo object(JsonNode item) {
        String name = item.path("name").asText();
        // The service begins with the offset itself.
        if (name.equals(startAfter)) return null;
        String key = name.substring(storePrefix.length());
        return ObjectKeys.isKey(key) ? info(key, item) : null;
    }

    static ObjectInfo info(String key, JsonNode item) {
        return new ObjectInfo(
                key,
                item.path("size").asLong(),
                Instant.parse(item.path("updated").asText()));
    }

    private boolean turnPage() {
        if (nextPage.isEmpty()) return false;
        try {
            JsonNode page = fetch(url + "&pageToken=" + PercentEncoding.query(nextPage));
            items = page.path("items").elements();
            nextPage = page.path("nextPageToken").asText();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode fetch(String page) throws IOException {
        HttpResponse<InputStream> answer =
                http.send(Request.LIST, HttpRequest.newBuilder(URI.create(page)).GET(), Again.YES);
        if (answer.statusCode() != 200) throw failures.of("list", storePrefix, answer);
        return GoogleHttp.json(answer);
    }
}
