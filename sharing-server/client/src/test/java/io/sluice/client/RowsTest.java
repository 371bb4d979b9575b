package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.client.testing.DuckFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scripted server and store; the files are DuckDB's. */
class RowsTest {
    private static final TableRef TABLE = new TableRef("s", "a", "t");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String[] PROMISE = {
        "Delta-Table-Version", "7", "delta-sharing-capabilities", "responseformat=parquet;includeendstreamaction=true"
    };
    private static final String END = "{\"endStreamAction\":{\"refreshToken\":\"again\"}}\n";
    private static final String SCHEMA = schema("""
            {"name":"id","type":"long"},{"name":"day","type":"date"},{"name":"text","type":"string"}""");

    @TempDir
    Path folder;

    private ScriptedServer server;
    private SharingClient client;
    private byte[] file;

    @BeforeEach
    void aServerAndAFile() throws IOException {
        server = new ScriptedServer();
        Profile profile = new Profile(server.base(), "token", Optional.empty());
        Retries retries = new Retries(2, Duration.ZERO, Duration.ZERO);
        client = new SharingClient(profile, retries, Long.MAX_VALUE, pause -> {}, () -> NOW);
        file = parquet("SELECT i AS id, 'n' || i AS text FROM range(4) t(i)");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rowsOfAllFilesComeWithTheirPartitionValues() throws IOException {
        server.then(200, SCHEMA + line("f1", "2024-02-29") + line("f2", "") + END, PROMISE)
                .thenFile(file)
                .thenFile(file);

        try (Rows rows = client.rows(TABLE)) {
            assertThat(rows.names()).containsExactly("id", "day", "text");
            assertThat(rows.version()).isEqualTo(7);
            List<Row> all = all(rows);
            assertThat(all).hasSize(8);
            assertThat(all.get(1)).hasToString("{id=1, day=2024-02-29, text=n1}");
            assertThat(all.get(4)).hasToString("{id=0, day=null, text=n0}");
            assertThat(all.get(4).get("id")).isEqualTo(0L);
        }
        assertThat(server.authorizations).as("files need no token").containsExactly("Bearer token", "null", "null");
    }

    @Test
    void aLimitIsKeptAndLaterFilesAreNotFetched() throws IOException {
        server.then(200, SCHEMA + line("f1", "") + line("f2", "") + END, PROMISE)
                .thenFile(file);

        try (Rows rows = client.rows(TABLE, Query.all().withLimit(3))) {
            assertThat(all(rows)).hasSize(3);
        }
        assertThat(server.bodies.get(0)).contains("\"limitHint\":3");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void oldVersionsAreAskedForWithoutARefreshToken() throws IOException {
        server.then(200, SCHEMA + END, PROMISE).then(200, SCHEMA + END, PROMISE);

        client.rows(TABLE, Query.all().atVersion(3)).close();
        client.rows(TABLE, Query.all().asOf(NOW)).close();

        assertThat(server.bodies.get(0)).isEqualTo("{\"version\":3,\"maxFiles\":1000}");
        assertThat(server.bodies.get(1)).isEqualTo("{\"timestamp\":\"2026-03-01T12:00:00Z\",\"maxFiles\":1000}");
    }

    @Test
    void aPendingAnswerIsAskedForUntilItIsThere() throws IOException {
        String pending = "{\"queryStatus\":{\"queryId\":\"q 1\",\"status\":\"pending\"}}\n";
        server.then(200, pending, "Delta-Table-Version", "0")
                .then(200, pending, "Delta-Table-Version", "0")
                .then(200, SCHEMA + line("f1", "") + END, PROMISE)
                .thenFile(file)
                .then(200, pending.replace("pending", "failed"), "Delta-Table-Version", "0");

        try (Rows rows = client.rows(TABLE, Query.all().asynchronous())) {
            assertThat(all(rows)).hasSize(4);
        }
        assertThat(server.bodies.get(0)).contains("idempotencyKey");
        assertThat(server.asked.get(2)).endsWith("/tables/t/queries/q%201");
        assertThatThrownBy(() -> client.rows(TABLE, Query.all().asynchronous())).hasMessageContaining("failed");
    }

    @Test
    void urlsThatAreAboutToExpireAreRenewedBeforeTheyAreUsed() throws IOException {
        server.then(
                        200,
                        SCHEMA + line("f1", "", NOW.plusSeconds(5)) + line("f2", "", NOW.plusSeconds(5)) + END,
                        PROMISE)
                .then(200, SCHEMA + line("f2", "").replace("/f2", "/f2-new") + line("f1", "") + END, PROMISE)
                .thenFile(file)
                .thenFile(file);

        try (Rows rows = client.rows(TABLE)) {
            assertThat(all(rows)).hasSize(8);
        }
        assertThat(server.bodies.get(1)).contains("\"refreshToken\":\"again\"").doesNotContain("includeRefreshToken");
        assertThat(server.asked.get(3)).as("renewed together with the first").startsWith("GET /f2-new");
        assertThat(server.asked).hasSize(4);
    }

    @Test
    void aUrlThatAStoreRefusesIsRenewedOnce() throws IOException {
        String answer = SCHEMA + line("f1", "") + END;
        server.then(200, answer, PROMISE)
                .then(403, "expired")
                .then(200, answer, PROMISE)
                .thenFile(file);
        try (Rows rows = client.rows(TABLE)) {
            assertThat(all(rows)).hasSize(4);
        }

        server.then(200, answer, PROMISE)
                .then(403, "expired")
                .then(200, answer, PROMISE)
                .then(403, "still");
        try (Rows rows = client.rows(TABLE)) {
            assertThatThrownBy(rows::hasNext).hasMessageContaining("still");
        }
    }

    @Test
    void aTableThatMovedOnIsNotMixedWithItsOldFiles() throws IOException {
        server.then(200, SCHEMA + line("f1", "") + "{\"endStreamAction\":{}}\n", PROMISE)
                .then(403, "expired")
                .then(200, SCHEMA + line("f9", "") + "{\"endStreamAction\":{}}\n", "Delta-Table-Version", "8");

        try (Rows rows = client.rows(TABLE)) {
            assertThatThrownBy(rows::hasNext).hasMessageContaining("from version 7 to version 8");
        }
    }

    @Test
    void deletedRowsAreNotRead() throws IOException {
        byte[] vector = Vectors.file(1, 3);
        String inFile =
                "{\"storageType\":\"p\",\"pathOrInlineDv\":\"%s/dv\",\"offset\":1,\"sizeInBytes\":%d,\"cardinality\":2}"
                        .formatted(server.base(), vector.length - 9);
        String inline = "{\"storageType\":\"i\",\"pathOrInlineDv\":\"%s\",\"sizeInBytes\":%d,\"cardinality\":3}"
                .formatted(Vectors.inline(0, 1, 2), Vectors.bytes(0, 1, 2).length);
        server.then(200, deltaHeader("none") + delta("f1", "add", inFile) + delta("f2", "add", inline) + END, PROMISE)
                .thenFile(vector)
                .thenFile(file)
                .thenFile(file);

        try (Rows rows = client.rows(TABLE)) {
            assertThat(all(rows)).extracting(row -> row.get("id")).containsExactly(0L, 2L, 3L);
        }
    }

    @Test
    void aDamagedVectorIsAnErrorAndHidesNothing() throws IOException {
        byte[] vector = Vectors.file(1, 3);
        vector[vector.length - 5] ^= 1;
        String inFile =
                "{\"storageType\":\"p\",\"pathOrInlineDv\":\"%s/dv\",\"offset\":1,\"sizeInBytes\":%s,\"cardinality\":2}";
        server.then(
                        200,
                        deltaHeader("none")
                                + delta("f1", "add", inFile.formatted(server.base(), vector.length - 9))
                                + END,
                        PROMISE)
                .thenFile(vector)
                .then(
                        200,
                        deltaHeader("none") + delta("f1", "add", inFile.formatted(server.base(), 2_000_000_000)) + END,
                        PROMISE);

        try (Rows rows = client.rows(TABLE)) {
            assertThatThrownBy(rows::hasNext)
                    .hasCauseInstanceOf(SharingException.class)
                    .hasMessageContaining("file f1")
                    .hasMessageContaining("checksum");
        }
        try (Rows rows = client.rows(TABLE)) {
            assertThatThrownBy(rows::hasNext).hasMessageContaining("2000000000 bytes");
        }
    }

    @Test
    void mappedColumnsAreFoundByPhysicalNameOrById() throws IOException {
        file = parquet("SELECT i AS \"col-1\" FROM range(2) t(i)", "FIELD_IDS {\"col-1\": 5}");
        for (String mode : List.of("name", "id")) {
            String partition = "{\"col-2\":\"2024-02-29\"}";
            server.then(
                            200,
                            deltaHeader(mode)
                                    + delta("f1", "add", "null")
                                            .replace("\"partitionValues\":{}", "\"partitionValues\":" + partition)
                                    + END,
                            PROMISE)
                    .thenFile(file);

            try (Rows rows = client.rows(TABLE)) {
                assertThat(all(rows).get(1)).hasToString("{id=1, day=2024-02-29, text=null}");
            }
        }
    }

    @Test
    void changesTellWhatBecameOfEachRow() throws IOException {
        byte[] changed = parquet("SELECT 9 AS id, 'new' AS text, 'update_postimage' AS _change_type");
        String header = SCHEMA;
        server.then(
                        200,
                        header
                                + line("f1", "2024-01-01")
                                        .replace("{\"file\"", "{\"add\"")
                                        .replace("\"size\"", "\"version\":1,\"timestamp\":1000,\"size\"")
                                + line("c1", "2024-01-02", changed)
                                        .replace("{\"file\"", "{\"cdf\"")
                                        .replace("\"size\"", "\"version\":2,\"timestamp\":2000,\"size\"")
                                + line("f1", "2024-01-01")
                                        .replace("{\"file\"", "{\"remove\"")
                                        .replace("\"size\"", "\"version\":3,\"timestamp\":3000,\"size\"")
                                + END,
                        PROMISE)
                .thenFile(file)
                .thenFile(changed)
                .thenFile(file);

        try (Rows rows = client.changes(TABLE, ChangeRange.since(1).until(3))) {
            List<Row> all = all(rows);
            assertThat(all).hasSize(9);
            assertThat(all.get(0))
                    .hasToString("{id=0, day=2024-01-01, text=n0, _change_type=insert, _commit_version=1, "
                            + "_commit_timestamp=1970-01-01T00:00:01Z}");
            assertThat(all.get(4).get("_change_type")).isEqualTo("update_postimage");
            assertThat(all.get(4).get("_commit_version")).isEqualTo(2L);
            assertThat(all.get(8).get("_change_type")).isEqualTo("delete");
        }
        assertThat(server.asked.get(0)).endsWith("/changes?startingVersion=1&endingVersion=3&maxFiles=1000");
    }

    @Test
    void aVersionThatOnlyHidesRowsIsTheDifferenceOfItsVectors() throws IOException {
        // Shows that of a file that is removed and added again only those rows count that one vector hides and not
        // both.
        String before = inline(0, 1);
        String after = inline(1, 2);
        String commit = "\"id\":\"f1\",\"version\":4,\"timestamp\":1";
        server.then(
                        200,
                        deltaHeader("none")
                                + delta("f1", "add", after).replace("\"id\":\"f1\"", commit)
                                + delta("f1", "remove", before).replace("\"id\":\"f1\"", commit)
                                + END,
                        PROMISE)
                .thenFile(file)
                .thenFile(file);

        try (Rows rows = client.changes(TABLE, ChangeRange.since(4))) {
            assertThat(all(rows))
                    .extracting(row -> row.get("id") + " " + row.get("_change_type"))
                    .containsExactly("2 delete", "0 insert");
        }
    }

    @Test
    void aFileThatIsNoParquetIsAnErrorThatNamesIt() throws IOException {
        file = "x".repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        server.then(200, SCHEMA + line("f1", "") + END, PROMISE).thenFile(file);

        try (Rows rows = client.rows(TABLE)) {
            assertThatThrownBy(rows::hasNext)
                    .hasCauseInstanceOf(SharingException.class)
                    .hasMessageContaining("File f1 cannot be read: it does not end as Parquet files do");
        }
    }

    @Test
    void rowsOfFormsThatAreNotKnownAreRefusedBeforeAnyFile() {
        server.then(200, SCHEMA.replace("\\\"long\\\"", "\\\"variant\\\"") + END, PROMISE)
                .then(200, deltaHeader("none").replace("deletionVectors", "variantType") + END, PROMISE);

        assertThatThrownBy(() -> client.rows(TABLE)).hasMessageContaining("Column id is of the type variant");
        assertThatThrownBy(() -> client.rows(TABLE)).hasMessageContaining("variantType");
    }

    private static List<Row> all(Rows rows) {
        List<Row> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        return all;
    }

    private byte[] parquet(String select, String... options) throws IOException {
        return Files.readAllBytes(DuckFiles.write(folder.resolve("file.parquet"), select, String.join(",", options)));
    }

    private static String schema(String fields) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("id", "i");
        metadata.put("schemaString", "{\"type\":\"struct\",\"fields\":[" + fields + "]}");
        metadata.putArray("partitionColumns").add("day");
        return "{\"protocol\":{\"minReaderVersion\":1}}\n{\"metaData\":" + metadata + "}\n";
    }

    private static String deltaHeader(String mapping) {
        String field = "{\"name\":\"%s\",\"type\":\"%s\"%s}";
        String mapped = ",\"metadata\":{\"delta.columnMapping.id\":%d,\"delta.columnMapping.physicalName\":\"col-%d\"}";
        boolean isMapped = !mapping.equals("none");
        String fields = String.join(
                ",",
                field.formatted("id", "long", isMapped ? mapped.formatted(5, 1) : ""),
                field.formatted("day", "date", isMapped ? mapped.formatted(6, 2) : ""),
                field.formatted("text", "string", isMapped ? mapped.formatted(7, 3) : ""));
        String[] lines = schema(fields).split("\n");
        return "{\"protocol\":{\"deltaProtocol\":{\"minReaderVersion\":3,\"readerFeatures\":[\"deletionVectors\"]}}}\n"
                + lines[1].replace("{\"metaData\":", "{\"metaData\":{\"deltaMetadata\":")
                        .replace(
                                "\"partitionColumns\"",
                                "\"configuration\":{\"delta.columnMapping.mode\":\"" + mapping
                                        + "\"},\"partitionColumns\"")
                + "}\n";
    }

    private String line(String id, String day) {
        return line(id, day, file);
    }

    private String line(String id, String day, Instant expiry) {
        return line(id, day).replace("\"size\"", "\"expirationTimestamp\":" + expiry.toEpochMilli() + ",\"size\"");
    }

    private String line(String id, String day, byte[] bytes) {
        return "{\"file\":{\"url\":\"%s/%s\",\"id\":\"%s\",\"partitionValues\":{\"day\":\"%s\"},\"size\":%d}}\n"
                .formatted(server.base(), id, id, day, bytes.length);
    }

    private String delta(String id, String action, String vector) {
        return ("{\"file\":{\"id\":\"%s\",\"deltaSingleAction\":{\"%s\":{\"path\":\"%s/%s\",\"partitionValues\":{},"
                        + "\"size\":%d,\"deletionVector\":%s}}}}\n")
                .formatted(id, action, server.base(), id, file.length, vector);
    }

    private static String inline(int... rows) throws IOException {
        return "{\"storageType\":\"i\",\"pathOrInlineDv\":\"%s\",\"sizeInBytes\":%d,\"cardinality\":%d}"
                .formatted(Vectors.inline(rows), Vectors.bytes(rows).length, rows.length);
    }
}
