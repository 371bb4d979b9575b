package io.sluice.sharing.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.client.Profile;
import io.sluice.client.Query;
import io.sluice.client.QueryAnswer;
import io.sluice.client.RemoteFile;
import io.sluice.client.Retries;
import io.sluice.client.SharingClient;
import io.sluice.client.SharingException;
import io.sluice.client.TableRef;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.Content;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.world.World;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way over HTTP: managed by the hosted API's calls, read by our own recipient client. */
@QuarkusTest
class HttpFaceTest {
    private static final String MANAGEMENT = "api/2.1/unity-catalog/";

    @Inject
    World world;

    @TestHTTPResource("/")
    URI base;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String share = "share-" + UUID.randomUUID();
    private final String recipient = "recipient-" + UUID.randomUUID();

    @BeforeEach
    void tellTheWorldItsAddress() {
        world.base = URI.create(base.toString().replaceAll("/$", ""));
    }

    @Test
    void aSharedTableIsFoundQueriedAndDownloaded() throws Exception {
        SharedTable table = plainTable("main.web.orders");
        SharingClient client = shareWith(table);
        TableRef ref = new TableRef(share, "web", "orders");

        assertThat(client.shares()).containsExactly(share);
        assertThat(client.schemas(share)).containsExactly("web");
        assertThat(client.tables(share, "web")).containsExactly(ref);
        assertThat(client.allTables(share)).containsExactly(ref);
        assertThat(client.version(ref)).isEqualTo(2);
        assertThat(client.metadata(ref).partitionColumns()).containsExactly("day");
        List<RemoteFile> files = files(client, ref);
        try (QueryAnswer later = client.query(ref, Query.all().asynchronous())) {
            assertThat(later.next()).map(RemoteFile::id).contains(files.get(0).id());
        }
        assertThat(files).hasSize(2);
        for (RemoteFile file : files) {
            byte[] whole = download(client, file);
            assertThat(whole)
                    .hasSize((int) file.size())
                    .startsWith('P', 'A', 'R', '1')
                    .endsWith('P', 'A', 'R', '1');
            assertThat(client.read(file, file.size() - 8, 8))
                    .isEqualTo(Arrays.copyOfRange(whole, whole.length - 8, whole.length));
        }
    }

    @Test
    void aSealedTableReadsLikeAPlainOneUntilItsKeyIsRevoked() throws Exception {
        SharedTable table = world.sealedTable("main.web.sealed", "scope-web", 500);
        SharingClient client = shareWith(table);
        TableRef ref = new TableRef(share, "web", "sealed");
        RemoteFile file = files(client, ref).get(0);
        assertThat(download(client, file)).startsWith('P', 'A', 'R', '1');
        assertThat(stored(table))
                .doesNotContain("item 499")
                .doesNotContain("PAR1")
                .doesNotContain("metaData");

        world.keys.revoke("scope-web", world.keys.epoch("scope-web"), "test");
        world.snapshots.forget("scope-web");
        assertRefused(403, () -> client.version(ref));
        assertRefused(403, () -> files(client, ref));
        assertRefused(403, () -> download(client, file));

        world.keys.restore("scope-web");
        assertThat(download(client, files(client, ref).get(0))).startsWith('P', 'A', 'R', '1');
    }

    @Test
    void aKeyRevokedOnTheWayBreaksTheConnection() throws Exception {
        // A file far larger than the buffers between us: the server is still sending when the key goes.
        SharedTable table = world.register("main.web.large", Optional.of("scope-large"));
        byte[] large = new byte[64 << 20];
        new Random(1).nextBytes(large);
        world.stores.get(table.location()).put("large.parquet", Content.of(large));
        log(table, "large.parquet", large.length);
        SharingClient client = shareWith(table);
        RemoteFile file = files(client, new TableRef(share, "web", "large")).get(0);

        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(file.url()).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(body.readNBytes(1000)).hasSize(1000);
            world.gate.revoke("scope-large");
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void headersAreLetterByLetterWhatClientsCompare() throws Exception {
        SharedTable table = plainTable("main.web.headers");
        shareWith(table);
        String path = "delta-sharing/shares/" + share + "/schemas/web/tables/headers";

        HttpResponse<String> query = send(recipientRequest(path + "/query")
                .header("delta-sharing-capabilities", "responseformat=delta,parquet")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        HttpResponse<String> version = send(recipientRequest(path + "/version"));
        HttpResponse<String> head = send(recipientRequest(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(query.statusCode()).as(query.body()).isEqualTo(200);
        assertThat(query.headers().allValues("content-type")).containsExactly("application/x-ndjson; charset=utf-8");
        assertThat(query.headers().allValues("delta-sharing-capabilities")).containsExactly("responseformat=parquet");
        assertThat(query.headers().firstValue("delta-table-version")).contains("2");
        assertThat(query.body().lines()).hasSize(4);
        assertThat(version.headers().firstValue("delta-table-version")).contains("2");
        assertThat(version.body()).isEmpty();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("delta-table-version")).contains("2");
    }

    @Test
    void errorsHaveOneShape() throws Exception {
        shareWith(plainTable("main.web.errors"));
        String table = "delta-sharing/shares/" + share + "/schemas/web/tables/errors";

        assertError(401, "UNAUTHENTICATED", HttpRequest.newBuilder(base.resolve("delta-sharing/shares")));
        assertError(404, "RESOURCE_DOES_NOT_EXIST", recipientRequest("delta-sharing/shares/nosuch"));
        assertError(400, "INVALID_PARAMETER_VALUE", recipientRequest("delta-sharing/shares?maxResults=501"));
        assertError(400, "UNSUPPORTED_OPERATION", recipientRequest(table + "/changes?startingVersion=0"));
        assertError(400, "UNSUPPORTED_OPERATION", recipientRequest(table + "/metadata?version=1"));
        assertError(
                400,
                "INVALID_PARAMETER_VALUE",
                recipientRequest(table + "/query").POST(HttpRequest.BodyPublishers.ofString("nonsense")));
        assertError(403, "PERMISSION_DENIED", HttpRequest.newBuilder(base.resolve("files/forged")));
    }

    @Test
    void headOfAFileAnswersToo() throws Exception {
        SharedTable table = plainTable("main.web.head");
        SharingClient client = shareWith(table);
        RemoteFile file = files(client, new TableRef(share, "web", "head")).get(0);

        HttpResponse<String> head =
                send(HttpRequest.newBuilder(file.url()).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(file.size());
    }

    private String bearer = "";

    private SharingClient shareWith(SharedTable table) throws Exception {
        manage("POST", "shares", "{\"name\":\"" + share + "\",\"comment\":\"c\"}");
        manage(
                "PATCH",
                "shares/" + share,
                "{\"updates\":[{\"action\":\"ADD\",\"data_object\":{\"name\":\"" + table.name()
                        + "\",\"data_object_type\":\"TABLE\"}}]}");
        JsonNode made =
                manage("POST", "recipients", "{\"name\":\"" + recipient + "\",\"authentication_type\":\"TOKEN\"}");
        manage(
                "PATCH",
                "shares/" + share + "/permissions",
                "{\"changes\":[{\"principal\":\"" + recipient + "\",\"add\":[\"SELECT\"]}]}");
        HttpResponse<String> profile = send(
                HttpRequest.newBuilder(URI.create(made.path("activation_url").asText())));
        assertThat(profile.statusCode()).as(profile.body()).isEqualTo(200);
        assertThat(profile.headers().firstValue("cache-control")).contains("no-store");
        bearer = Json.MAPPER.readTree(profile.body()).path("bearerToken").asText();
        return new SharingClient(
                Profile.parse(profile.body()), new Retries(1, Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private SharedTable plainTable(String name) throws IOException {
        SharedTable table = world.table(name);
        world.append(table.location(), "2026-01-01", 100);
        world.append(table.location(), "2026-01-02", 100);
        return table;
    }

    private void log(SharedTable table, String path, long size) throws IOException {
        String schema = "{\"type\":\"struct\",\"fields\":[]}";
        String lines = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n"
                + "{\"metaData\":{\"id\":\"i\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":"
                + Json.text(schema) + ",\"partitionColumns\":[],\"configuration\":{}}}\n"
                + "{\"add\":{\"path\":\"" + path + "\",\"size\":" + size
                + ",\"partitionValues\":{},\"modificationTime\":0,\"dataChange\":true}}\n";
        world.stores
                .get(table.location())
                .put("_delta_log/00000000000000000000.json", Content.of(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private String stored(SharedTable table) throws IOException {
        StringBuilder all = new StringBuilder();
        var store = world.stores.get(table.location());
        for (var objects = store.list("", ""); objects.hasNext(); ) {
            try (InputStream in = store.read(objects.next().key(), ByteRange.ALL)) {
                all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static List<RemoteFile> files(SharingClient client, TableRef table) throws IOException {
        List<RemoteFile> files = new ArrayList<>();
        try (QueryAnswer answer = client.query(table, Query.all())) {
            for (var file = answer.next(); file.isPresent(); file = answer.next()) files.add(file.get());
        }
        return files;
    }

    private static byte[] download(SharingClient client, RemoteFile file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        client.download(file, bytes);
        return bytes.toByteArray();
    }

    private JsonNode manage(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(base.resolve(MANAGEMENT + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return Json.MAPPER.readTree(response.body());
    }

    private HttpRequest.Builder recipientRequest(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + bearer);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void assertError(int status, String code, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        JsonNode error = Json.MAPPER.readTree(response.body());
        assertThat(error.path("errorCode").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SharingException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(status));
    }
}
