package io.sluice.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a recipient can do with a profile. Safe for many threads. */
public final class SharingClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String AS_PARQUET = "responseformat=parquet;includeendstreamaction=true";

    /** What rows can be read of. */
    private static final String AS_IS = "responseformat=delta,parquet;"
            + "readerfeatures=deletionvectors,columnmapping,timestampntz;includeendstreamaction=true";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private final Requests requests;
    private final Http http;
    private final RemoteFiles files;
    private final long mostBytes;
    private final InstantSource clock;

    public SharingClient(Profile profile) {
        this(profile, Retries.DEFAULT);
    }

    public SharingClient(Profile profile, Retries retries) {
        this(profile, retries, Long.MAX_VALUE);
    }

    /** @param mostBytes of one answer to a listing or of metadata; a longer one is refused. For those who do not trust the server */
    public SharingClient(Profile profile, Retries retries, long mostBytes) {
        this(profile, retries, mostBytes, pause -> Thread.sleep(pause.toMillis()), InstantSource.system());
    }

    SharingClient(Profile profile, Retries retries, long mostBytes, Http.Sleeper sleeper, InstantSource clock) {
        this.requests = new Requests(profile);
        this.mostBytes = mostBytes;
        this.http = new Http(newHttp(), retries, sleeper);
        this.files = new RemoteFiles(http);
        this.clock = clock;
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
                "/shares/" + Requests.encoded(share) + "/schemas",
                item -> item.path("name").asText());
    }

    public List<TableRef> tables(String share, String schema) throws IOException {
        return all(
                "/shares/" + Requests.encoded(share) + "/schemas/" + Requests.encoded(schema) + "/tables",
                SharingClient::table);
    }

    public List<TableRef> allTables(String share) throws IOException {
        return all("/shares/" + Requests.encoded(share) + "/all-tables", SharingClient::table);
    }

    /** The first so many tables of a share, as the server tells of them. */
    public List<ListedTable> listedTables(String share, int most) throws IOException {
        return first(most, "/shares/" + Requests.encoded(share) + "/all-tables", ListedTable::of);
    }

    public long version(TableRef table) throws IOException {
        HttpResponse<InputStream> response =
                http.send(requests.to(Requests.path(table) + "/version").build());
        response.body().close();
        return Lines.version(response);
    }

    public TableMetadata metadata(TableRef table) throws IOException {
        HttpRequest request = requests.to(Requests.path(table) + "/metadata")
                .header(Lines.CAPABILITIES, AS_IS)
                .build();
        try (Lines lines = new Lines(http.send(request), mostBytes)) {
            TableMetadata metadata = lines.header();
            lines.finish();
            return metadata;
        }
    }

    /** The rows of a table. A limit is kept; a predicate only spares files that hold nothing of what it asks for. */
    public Rows rows(TableRef table, Query query) throws IOException {
        FilePages pages = new FilePages(http, new SnapshotQuestion(requests, table, query, AS_IS));
        return rows(pages, Layout::ofTable, () -> pages.next().map(line -> Part.of(line, Optional.empty())), query);
    }

    /** All rows of the newest version. */
    public Rows rows(TableRef table) throws IOException {
        return rows(table, Query.all());
    }

    /**
     * The rows that changed, oldest version first, with {@code _change_type} ({@code insert}, {@code delete},
     * {@code update_preimage} or {@code update_postimage}), {@code _commit_version} and {@code _commit_timestamp}
     * behind the columns of the table.
     */
    public Rows changes(TableRef table, ChangeRange range) throws IOException {
        FilePages pages = new FilePages(http, new ChangesQuestion(requests, table, range, AS_IS));
        return rows(pages, Layout::ofChanges, new ChangedParts(pages), Query.all());
    }

    /** The files of one version. Refused by servers where deletion vectors hide rows: read {@link #rows} then. */
    public QueryAnswer query(TableRef table, Query query) throws IOException {
        return new QueryAnswer(new FilePages(http, new SnapshotQuestion(requests, table, query, AS_PARQUET)));
    }

    /** The files behind {@link #changes}. Refused by servers where deletion vectors hide rows. */
    public ChangeAnswer changedFiles(TableRef table, ChangeRange range) throws IOException {
        return new ChangeAnswer(new FilePages(http, new ChangesQuestion(requests, table, range, AS_PARQUET)));
    }

    @FunctionalInterface
    private interface LayoutOf {
        Layout of(TableMetadata metadata) throws IOException;
    }

    private Rows rows(FilePages pages, LayoutOf layout, Part.Source parts, Query query) throws IOException {
        try {
            long limit = query.limit().orElse(Long.MAX_VALUE);
            return new Rows(files, pages, layout.of(pages.metadata()), parts, limit, clock);
        } catch (IOException | RuntimeException e) {
            pages.close();
            throw e;
        }
    }

    /** Writes the whole file to {@code target}, going on where a broken connection left off. */
    public void download(RemoteFile file, OutputStream target) throws IOException {
        files.download(file, target);
    }

    /** Bytes {@code [offset, offset + length)} of a file. Requires: the range lies within the file, and is not empty. */
    public byte[] read(RemoteFile file, long offset, int length) throws IOException {
        return files.read(file, offset, length);
    }

    private <T> List<T> all(String path, Function<JsonNode, T> item) throws IOException {
        return first(Integer.MAX_VALUE, path, item);
    }

    private <T> List<T> first(int most, String path, Function<JsonNode, T> item) throws IOException {
        List<T> items = new ArrayList<>();
        String token = "";
        do {
            String query = token.isEmpty() ? "" : "?pageToken=" + Requests.encoded(token);
            JsonNode page = json(requests.to(path + query).build());
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

    private static TableRef table(JsonNode item) {
        return new TableRef(
                item.path("share").asText(),
                item.path("schema").asText(),
                item.path("name").asText());
    }
}
