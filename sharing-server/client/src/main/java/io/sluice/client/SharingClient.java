package io.sluice.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a recipient can do with a profile. Safe for many threads. */
public final class SharingClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String WANTED = "responseformat=parquet;includeendstreamaction=true";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);
    static final String USER_AGENT = "Sluice-Sharing-Java/0.1";

    private final Profile profile;
    private final Http http;
    private final long mostBytes;

    public SharingClient(Profile profile) {
        this(profile, Retries.DEFAULT);
    }

    public SharingClient(Profile profile, Retries retries) {
        this(profile, retries, pause -> Thread.sleep(pause.toMillis()));
    }

    /** @param mostBytes of one answer to a listing or of metadata; a longer one is refused. For those who do not trust the server */
    public SharingClient(Profile profile, Retries retries, long mostBytes) {
        this(profile, retries, mostBytes, pause -> Thread.sleep(pause.toMillis()));
    }

    SharingClient(Profile profile, Retries retries, Http.Sleeper sleeper) {
        this(profile, retries, Long.MAX_VALUE, sleeper);
    }

    private SharingClient(Profile profile, Retries retries, long mostBytes, Http.Sleeper sleeper) {
        this.profile = profile;
        this.mostBytes = mostBytes;
        this.http = new Http(newHttp(), retries, sleeper);
    }

    static HttpClient newHttp() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                // A redirect would carry the token to wherever the server says.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public List<String> shares() throws IOException {
        return all("/shares", item -> item.path("name").asText());
    }

    /** The first so many. */
    public List<String> shares(int most) throws IOException {
        return first(most, "/shares", item -> item.path("name").asText());
    }

    public List<String> schemas(String share) throws IOException {
        return all(
                "/shares/" + encoded(share) + "/schemas",
                item -> item.path("name").asText());
    }

    public List<TableRef> tables(String share, String schema) throws IOException {
        return all("/shares/" + encoded(share) + "/schemas/" + encoded(schema) + "/tables", SharingClient::table);
    }

    public List<TableRef> allTables(String share) throws IOException {
        return all("/shares/" + encoded(share) + "/all-tables", SharingClient::table);
    }

    /** The first so many tables of a share, as the server tells of them. */
    public List<ListedTable> listedTables(String share, int most) throws IOException {
        return first(most, "/shares/" + encoded(share) + "/all-tables", ListedTable::of);
    }

    public long version(TableRef table) throws IOException {
        HttpResponse<InputStream> response =
                http.send(request(path(table) + "/version").build());
        response.body().close();
        return Lines.version(response);
    }

    public TableMetadata metadata(TableRef table) throws IOException {
        HttpRequest request = request(path(table) + "/metadata")
                .header(Lines.CAPABILITIES, WANTED)
                .build();
        try (Lines lines = new Lines(http.send(request), mostBytes)) {
            return lines.header();
        }
    }

    /** The newest version's files. The answer must be closed. */
    public QueryAnswer query(TableRef table, Query query) throws IOException {
        HttpRequest request = request(path(table) + "/query")
                .header(Lines.CAPABILITIES, WANTED)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(query.body()))
                .build();
        Lines lines = new Lines(http.send(request));
        try {
            return new QueryAnswer(lines);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Writes the whole file to {@code target}, going on where a broken connection left off. */
    public void download(RemoteFile file, OutputStream target) throws IOException {
        long written = 0;
        for (int attempt = 1; written < file.size(); attempt++) {
            long before = written;
            try (InputStream in = open(file, written, file.size() - written)) {
                written += copy(in, target);
                if (written == before)
                    throw SharingException.brokenProtocol("The file ends after %d of %d bytes.", written, file.size());
            } catch (BrokenOff e) {
                written += e.copied;
                if (attempt == http.attempts()) throw e;
                if (written == before) http.pauseAfter(attempt);
            }
        }
    }

    /** Bytes {@code [offset, offset + length)} of a file. Requires: the range lies within the file, and is not empty. */
    public byte[] read(RemoteFile file, long offset, int length) throws IOException {
        try (InputStream in = open(file, offset, length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length)
                throw SharingException.brokenProtocol(
                        "The file gave %d bytes where %d were asked for.", bytes.length, length);
            return bytes;
        }
    }

    private InputStream open(RemoteFile file, long offset, long length) throws IOException {
        if (offset < 0 || length < 1 || offset + length > file.size())
            throw new IllegalArgumentException(
                    "range " + offset + "+" + length + " of a file of " + file.size() + " bytes");
        // No bearer token: the URL may lead to somebody else's store, and carries its own right.
        HttpRequest request = HttpRequest.newBuilder(file.url())
                .header("User-Agent", USER_AGENT)
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1))
                .build();
        HttpResponse<InputStream> response = http.send(request);
        if (response.statusCode() == 200) response.body().skipNBytes(offset);
        return response.body();
    }

    private static long copy(InputStream in, OutputStream target) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long copied = 0;
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException e) {
                throw new BrokenOff(copied, e);
            }
            if (count < 0) return copied;
            target.write(buffer, 0, count);
            copied += count;
        }
    }

    /** Reading stopped; what came before it has been written. */
    private static final class BrokenOff extends IOException {
        private final long copied;

        BrokenOff(long copied, IOException cause) {
            super("the file was broken off: " + cause.getMessage(), cause);
            this.copied = copied;
        }
    }

    private <T> List<T> all(String path, Function<JsonNode, T> item) throws IOException {
        return first(Integer.MAX_VALUE, path, item);
    }

    private <T> List<T> first(int most, String path, Function<JsonNode, T> item) throws IOException {
        List<T> items = new ArrayList<>();
        String token = "";
        do {
            String query = token.isEmpty() ? "" : "?pageToken=" + encoded(token);
            JsonNode page = json(request(path + query).build());
            page.path("items").forEach(element -> items.add(item.apply(element)));
            token = page.path("nextPageToken").asText("");
        } while (!token.isEmpty() && items.size() < most);
        return items.size() <= most ? items : List.copyOf(items.subList(0, most));
    }

    private JsonNode json(HttpRequest request) throws IOException {
        try (InputStream body = new BoundedInput(http.send(request).body(), mostBytes)) {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw SharingException.brokenProtocol("The answer is not JSON.");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(profile.endpoint() + path))
                .header("Authorization", "Bearer " + profile.bearerToken())
                .header("User-Agent", USER_AGENT)
                .timeout(ANSWER_TIMEOUT);
    }

    private static TableRef table(JsonNode item) {
        return new TableRef(
                item.path("share").asText(),
                item.path("schema").asText(),
                item.path("name").asText());
    }

    private static String path(TableRef table) {
        return "/shares/" + encoded(table.share()) + "/schemas/" + encoded(table.schema()) + "/tables/"
                + encoded(table.table());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
