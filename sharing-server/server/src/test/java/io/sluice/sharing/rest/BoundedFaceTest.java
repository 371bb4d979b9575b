package io.sluice.sharing.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.lake.store.Content;
import io.sluice.model.name.TableName;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.world.World;
import io.sluice.sharing.world.World.Reader;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** One recipient asks for more than its part. */
@QuarkusTest
class BoundedFaceTest {
    /** More of it than all buffers between client and server hold. */
    private static final String LONG_STATISTICS = "{\"numRecords\":1,\"tags\":\"" + "x".repeat(64 * 1024) + "\"}";

    @Inject
    World world;

    @TestHTTPResource("/")
    URI base;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String share = "share-" + UUID.randomUUID();

    @Test
    void slowReadersUseUpTheTurnsOfTheirRecipientOnlyAndUntilTheyHangUp() throws Exception {
        share(tableOf("main.web.slow", 500, LONG_STATISTICS));
        Reader slow = reader();
        Reader other = reader();
        List<InputStream> unread = new ArrayList<>();
        for (int i = 0; i < RestBeans.AT_ONCE; i++) unread.add(open(slow, "slow", "{}"));

        HttpResponse<String> refused = text(slow, "slow", "{\"maxFiles\":1}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(refused.body()).contains("RESOURCE_EXHAUSTED").contains("Read their answers to the end");
        assertThat(text(other, "slow", "{\"maxFiles\":1}").statusCode()).isEqualTo(200);

        unread.get(0).close();
        assertThat(await(() -> text(slow, "slow", "{\"maxFiles\":1}").statusCode() == 200))
                .isTrue();
        for (InputStream body : unread) body.close();
    }

    @Test
    void moreFilesThanOneAnswerMayHaveAreHadByPagesOnly() throws Exception {
        share(tableOf("main.web.many", World.MOST_FILES + 1, "{\"numRecords\":1}"));
        Reader reader = reader();

        HttpResponse<String> whole = text(reader, "many", "{}");
        HttpResponse<String> page = text(reader, "many", "{\"maxFiles\":1000000}");
        HttpResponse<String> few = text(reader, "many", "{\"limitHint\":3}");

        assertThat(whole.statusCode()).isEqualTo(413);
        assertThat(whole.body()).contains("maxFiles");
        assertThat(page.body().lines().filter(line -> line.startsWith("{\"file\"")))
                .hasSize(World.MOST_FILES);
        assertThat(page.body()).contains("nextPageToken");
        assertThat(few.body().lines().filter(line -> line.startsWith("{\"file\"")))
                .hasSize(3);
    }

    private SharedTable tableOf(String name, int files, String statistics) throws IOException {
        SharedTable table = world.register(name, Optional.empty());
        StringBuilder lines = new StringBuilder();
        lines.append("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n")
                .append("{\"metaData\":{\"id\":\"i\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                        + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}\","
                        + "\"partitionColumns\":[],\"configuration\":{}}}\n");
        for (int i = 0; i < files; i++)
            lines.append("{\"add\":{\"path\":\"part-%d.parquet\",\"size\":1,\"partitionValues\":{},".formatted(i))
                    .append("\"modificationTime\":0,\"dataChange\":true,\"stats\":")
                    .append(Json.text(statistics))
                    .append("}}\n");
        world.stores
                .get(table.location())
                .put(
                        "_delta_log/00000000000000000000.json",
                        Content.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
        return table;
    }

    private void share(SharedTable table) {
        world.share(share, new TableName[] {table.name()});
    }

    private Reader reader() {
        String name = "reader-" + UUID.randomUUID();
        Reader reader = world.reader(name);
        world.grant(share, name);
        return reader;
    }

    private HttpRequest query(Reader reader, String table, String body) {
        return HttpRequest.newBuilder(
                        base.resolve("delta-sharing/shares/" + share + "/schemas/web/tables/" + table + "/query"))
                .header("Authorization", "Bearer " + reader.bearer())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private InputStream open(Reader reader, String table, String body) throws Exception {
        HttpResponse<InputStream> response = http.send(query(reader, table, body), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> text(Reader reader, String table, String body) throws Exception {
        return http.send(query(reader, table, body), BodyHandlers.ofString());
    }

    /** The server hears a little later that a connection is gone. */
    private static boolean await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < deadline) if (condition.call()) return true;
        return false;
    }
}
