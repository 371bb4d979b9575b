package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.store.Content;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.internal.Digests;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.UrlLife;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ChangesRequest;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.CountingStore;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingProtocolTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final Capabilities NOTHING_ASKED = capabilities("", null);

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;
    private SharedTable table;

    @BeforeEach
    void aTableOfThreeDaysIsShared() throws IOException {
        world = new World(folder);
        reader = world.reader("acme");
        table = world.table("main.sales.orders");
        world.share("partners", table.name());
        world.grant("partners", "acme");
        for (String day : List.of("2026-01-01", "2026-01-02", "2026-01-03")) world.append(table.location(), day, 10);
    }

    @Test
    void aQueryTellsProtocolMetadataAndEveryFile() throws IOException {
        TableAnswer answer = query(NOTHING_ASKED, "{}");
        List<JsonNode> lines = lines(answer);

        assertThat(answer.headers())
                .containsEntry("Content-Type", "application/x-ndjson; charset=utf-8")
                .containsEntry("Delta-Table-Version", "3")
                .containsEntry("delta-sharing-capabilities", "responseformat=parquet")
                .hasSize(3);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).hasToString("{\"protocol\":{\"minReaderVersion\":1}}");
        JsonNode metadata = lines.get(1).get("metaData");
        assertThat(metadata.path("format")).hasToString("{\"provider\":\"parquet\"}");
        assertThat(metadata.path("partitionColumns")).hasToString("[\"day\"]");
        assertThat(metadata.path("configuration")).hasToString("{}");
        assertThat(metadata.path("numFiles").asInt()).isEqualTo(3);
        for (JsonNode line : lines.subList(2, 5)) {
            JsonNode file = line.get("file");
            assertThat(file.path("url").asText()).startsWith(world.base + "/files/");
            assertThat(file.path("size").asLong()).isPositive();
            assertThat(file.path("stats").asText()).contains("\"numRecords\":10");
            assertThat(file.path("partitionValues").path("day").asText()).startsWith("2026-01-0");
            // For whoever asks within the same three minutes it is the same moment.
            assertThat(file.path("expirationTimestamp").asLong() - world.clock.millis())
                    .isBetween(720_000L, 900_000L);
        }
        assertThat(world.listed).singleElement().satisfies(event -> {
            assertThat(event.files()).isEqualTo(3);
            assertThat(event.complete()).isTrue();
            assertThat(event.version()).isEqualTo(3);
        });
    }

    @Test
    void metadataIsExactlyTwoLinesEvenWhenAnEndIsAskedFor() throws IOException {
        TableAnswer answer = world.protocol.metadata(
                reader.recipient(),
                ORDERS,
                capabilities("includeendstreamaction=true", null),
                Optional.empty(),
                Optional.empty());

        assertThat(lines(answer)).hasSize(2);
        assertThat(answer.headers()).containsEntry("delta-sharing-capabilities", "responseformat=parquet");
    }

    @Test
    void theEndIsSentWhenItIsAskedForAndOnlyThen() throws IOException {
        TableAnswer asked = query(capabilities("ResponseFormat=Delta,Parquet;IncludeEndStreamAction=TRUE", null), "{}");
        TableAnswer refresh = query(NOTHING_ASKED, "{\"includeRefreshToken\":true}");

        assertThat(asked.headers())
                .containsEntry("delta-sharing-capabilities", "responseformat=parquet;includeendstreamaction=true");
        assertThat(last(asked).has("endStreamAction")).isTrue();
        assertThat(last(refresh).path("endStreamAction").has("minUrlExpirationTimestamp"))
                .isTrue();
        assertThat(last(query(NOTHING_ASKED, "{}")).has("file")).isTrue();
    }

    @Test
    void fileIdsAreMadeOfPathsAsElsewhere() throws IOException {
        String path = world.tables.open(place()).log().snapshot().files().get(0).path();

        TableAnswer plain = query(NOTHING_ASKED, "{\"limitHint\":1}");
        TableAnswer delta = query(capabilities("", "Delta"), "{\"limitHint\":1}");

        assertThat(last(plain).path("file").path("id").asText())
                .isEqualTo(
                        HexFormat.of().formatHex(Digests.begin("MD5").digest(path.getBytes(StandardCharsets.UTF_8))));
        assertThat(plain.headers()).doesNotContainKey("fileidhash");
        assertThat(last(delta).path("file").path("id").asText()).isEqualTo(Digests.sha256(path));
        assertThat(delta.headers()).containsEntry("fileidhash", "delta");
    }

    @Test
    void aLimitIsMetByAsFewFilesAsTheRowsAllow() throws IOException {
        assertThat(files("{\"limitHint\":0}")).isZero();
        assertThat(files("{\"limitHint\":10}")).isEqualTo(1);
        assertThat(files("{\"limitHint\":11}")).isEqualTo(2);
        assertThat(files("{\"limitHint\":1000}")).isEqualTo(3);
    }

    @Test
    void predicatesOnPartitionsComeBeforeTheLimit() throws IOException {
        String day2 = predicate(
                "{\"op\":\"equal\",\"children\":[{\"op\":\"column\",\"name\":\"DAY\",\"valueType\":\"string\"},"
                        + "{\"op\":\"literal\",\"value\":\"2026-01-02\",\"valueType\":\"string\"}]}");
        String item = predicate(
                "{\"op\":\"equal\",\"children\":[{\"op\":\"column\",\"name\":\"item\",\"valueType\":\"string\"},"
                        + "{\"op\":\"literal\",\"value\":\"item 3\",\"valueType\":\"string\"}]}");

        assertThat(files("{" + day2 + "}")).isEqualTo(1);
        assertThat(files("{" + day2 + ",\"limitHint\":1}")).isEqualTo(1);
        assertThat(files("{" + item + ",\"limitHint\":1}"))
                .as("a hint that bounds cannot decide makes a limit unsafe")
                .isEqualTo(3);
        assertThat(files("{" + item.replace("item 3", "x") + "}")).isZero();
        assertThat(files("{\"predicateHints\":[\"day = '2026-01-02'\"],\"limitHint\":1}"))
                .isEqualTo(1);
        assertThat(files("{\"predicateHints\":[\"`id` >= 100\"]}")).isZero();
        assertThat(files("{\"predicateHints\":[\"day is null\"]}")).isZero();
        assertThat(files("{\"predicateHints\":[\"id <> 3\", \"day > '2026-01-01'\"]}"))
                .isEqualTo(2);
        assertThat(files("{\"predicateHints\":[\"substr(day, 1) = '2' or 1 = 1\"],\"limitHint\":1}"))
                .as("a hint that is not understood makes a limit unsafe")
                .isEqualTo(3);
        assertThat(files("{\"jsonPredicateHints\":\"not json\"}")).isEqualTo(3);
    }

    @Test
    void columnMetadataIsReducedToComments() throws IOException {
        SharedTable odd = world.register("main.sales.odd", Optional.empty());
        String schema =
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"struct\",\"fields\":[{\"name\":\"b\","
                        + "\"type\":\"long\",\"nullable\":true,\"metadata\":{\"secret\":\"s\"}}]},\"nullable\":true,"
                        + "\"metadata\":{\"comment\":\"kept\",\"secret\":\"s\"}}]}";
        writeLog(
                odd,
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}",
                metadata(schema, "{\"secret.property\":\"s\"}"));
        world.add("partners", odd.name(), SharedAs.of(odd.name()));

        List<JsonNode> lines = lines(world.protocol.metadata(
                reader.recipient(),
                TableAddress.of("partners", "sales", "odd"),
                NOTHING_ASKED,
                Optional.empty(),
                Optional.empty()));

        assertThat(lines.get(1).toString()).doesNotContain("secret").contains("kept");
    }

    @Test
    void tablesThatParquetReadersWouldMisreadAreRefused() throws IOException {
        SharedTable deleted = world.register("main.sales.deleted", Optional.empty());
        TableAuthor author = world.author(deleted.location());
        author.create(World.ORDERS, List.of(), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        world.append(deleted.location(), "2026-01-01", 10);
        world.add("partners", deleted.name(), SharedAs.of(deleted.name()));
        TableAddress address = TableAddress.of("partners", "sales", "deleted");

        assertThat(lines(world.protocol.query(reader.recipient(), address, NOTHING_ASKED, request("{}"))))
                .as("allowed but not in use")
                .hasSize(3);

        author.deleteWhere(row -> Long.valueOf(3).equals(row.get("id")));
        assertFails(
                FailureKind.UNSUPPORTED,
                "deletionVectors",
                () -> world.protocol.query(reader.recipient(), address, NOTHING_ASKED, request("{}")));
        assertThat(world.protocol.version(reader.recipient(), address, Optional.empty()))
                .isEqualTo(2);
    }

    @Test
    void mappedColumnsAndUnknownFeaturesAreRefused() throws IOException {
        String schema = "{\"type\":\"struct\",\"fields\":[]}";
        SharedTable mapped = world.register("main.sales.mapped", Optional.empty());
        writeLog(
                mapped,
                "{\"protocol\":{\"minReaderVersion\":2,\"minWriterVersion\":5}}",
                metadata(schema, "{\"delta.columnMapping.mode\":\"name\"}"));
        world.add("partners", mapped.name(), SharedAs.of(mapped.name()));

        assertFails(
                FailureKind.UNSUPPORTED,
                "columnMapping",
                () -> world.protocol.metadata(
                        reader.recipient(),
                        TableAddress.of("partners", "sales", "mapped"),
                        NOTHING_ASKED,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void oldVersionsAreRefusedAsTheReferenceServerRefusesThem() {
        String message =
                "Reading table by version or timestamp is not supported because history sharing is not enabled "
                        + "on table: partners.sales.orders";
        for (String body :
                List.of("{\"version\":1}", "{\"timestamp\":\"2026-01-01T00:00:00Z\"}", "{\"startingVersion\":0}"))
            assertFails(FailureKind.UNSUPPORTED, message, () -> query(NOTHING_ASKED, body));
        assertFails(
                FailureKind.UNSUPPORTED,
                message,
                () -> world.protocol.version(reader.recipient(), ORDERS, Optional.of("abc")));
        assertFails(
                FailureKind.UNSUPPORTED,
                "cdf is not enabled on table partners.sales.orders",
                () -> world.protocol.changes(
                        reader.recipient(),
                        ORDERS,
                        NOTHING_ASKED,
                        ChangesRequest.parse(name -> Optional.of("0").filter(zero -> name.equals("startingVersion")))));
    }

    @Test
    void anAsynchronousQueryNeedsAKeyAndMayBeAnsweredAtOnce() throws IOException {
        Capabilities asynchronous = capabilities("asyncquery=true", null);

        assertFails(FailureKind.INVALID, "idempotencyKey", () -> query(asynchronous, "{}"));
        assertThat(lines(query(asynchronous, "{\"idempotency_key\":\"k\"}"))).hasSize(5);
    }

    @Test
    void anUnchangedTableCostsOneRequest() throws IOException {
        lines(query(NOTHING_ASKED, "{}"));
        CountingStore store = world.stores.get(table.location());
        store.requests.set(0);

        lines(query(NOTHING_ASKED, "{}"));
        assertThat(store.requests).hasValue(1);

        world.append(table.location(), "2026-01-04", 1);
        assertThat(query(NOTHING_ASKED, "{}").headers()).containsEntry("Delta-Table-Version", "4");
    }

    @Test
    void aStoreInTheDarkIsNoEmptyTable() throws IOException {
        lines(query(NOTHING_ASKED, "{}"));
        CountingStore store = world.stores.get(table.location());

        store.isDark = true;
        assertFails(FailureKind.UNAVAILABLE, "Try again", () -> query(NOTHING_ASKED, "{}"));
        store.isDark = false;
        assertThat(lines(query(NOTHING_ASKED, "{}"))).hasSize(5);
    }

    @Test
    void plainFilesGetTheStoresOwnUrlsAndSealedOnesNeverDo() throws IOException {
        world.stores.get(table.location()).signs = true;
        assertThat(last(query(NOTHING_ASKED, "{}")).path("file").path("url").asText())
                .startsWith("https://store.example/day=");

        SharedTable sealed = sealedTable();
        world.stores.get(sealed.location()).signs = true;
        assertThat(last(querySealed()).path("file").path("url").asText()).startsWith(world.base + "/files/");
    }

    @Test
    void theSharesPolicyBoundsTheLifeOfItsUrls() throws IOException {
        Instant latest = world.clock.instant().plusSeconds(120);
        world.patchUrlLife("partners", UrlLife.ofSeconds(120));

        assertThat(last(query(NOTHING_ASKED, "{}"))
                        .path("file")
                        .path("expirationTimestamp")
                        .asLong())
                .isBetween(world.clock.instant().plusSeconds(90).toEpochMilli(), latest.toEpochMilli());
        assertFails(FailureKind.INVALID, "from 60 to 900 seconds", () -> UrlLife.ofSeconds(3_600));
    }

    @Test
    void whoComesFromListedAddressesGetsNoUrlThatIsGoodEverywhere() throws IOException {
        world.stores.get(table.location()).signs = true;
        world.admitFrom("acme", "127.0.0.0/8");
        reader = new World.Reader(
                world.authentication.authenticate(Optional.of("Bearer " + reader.bearer())), reader.bearer());

        assertThat(last(query(NOTHING_ASKED, "{}")).path("file").path("url").asText())
                .startsWith(world.base + "/files/");
    }

    @Test
    void aRevokedKeyRefusesAndForgetsAndTheRestoredOneServesAgain() throws IOException {
        SharedTable sealed = sealedTable();
        StoredTable place = new StoredTable(sealed.id(), sealed.location(), sealed.sealedScope());
        lines(querySealed());
        assertThat(world.snapshots.holds(place)).isTrue();

        world.gate.revoke("scope-1");
        world.snapshots.forget("scope-1");
        assertThatThrownBy(this::querySealed).isInstanceOf(KeyRevokedException.class);
        assertThat(world.snapshots.holds(place)).isFalse();

        world.gate.restore("scope-1");
        assertThat(lines(querySealed())).hasSize(3);
    }

    @Test
    void aKeyRevokedBeforeTheLinesAreWrittenBreaksTheAnswer() throws IOException {
        sealedTable();
        TableAnswer answer = querySealed();

        world.gate.revoke("scope-1");

        assertThatThrownBy(() -> lines(answer)).isInstanceOf(KeyRevokedException.class);
        assertThat(world.listed).singleElement().satisfies(event -> {
            assertThat(event.complete()).isFalse();
            assertThat(event.files()).isZero();
        });
    }

    @Test
    void previewShowsARecipientsRowsToManagersOnly() {
        var name = SharedAs.parse("sales.orders");
        var share = ShareName.of("partners");

        SharePreview.Preview preview = world.preview.rows(World.ADMIN, share, name, Optional.empty(), 4);

        assertThat(preview.version()).isEqualTo(3);
        assertThat(preview.rows())
                .hasSize(4)
                .allSatisfy(row -> assertThat((String) row.get("item")).startsWith("item "));
        assertFails(FailureKind.DENIED, "eve", () -> world.preview.rows("eve", share, name, Optional.empty(), 4));
        assertFails(
                FailureKind.INVALID, "limit", () -> world.preview.rows(World.ADMIN, share, name, Optional.empty(), 0));
    }

    private SharedTable sealedTable() throws IOException {
        SharedTable sealed = world.table("main.sales.sealed", Optional.of("scope-1"));
        world.append(sealed.location(), "2026-01-01", 5);
        world.add("partners", sealed.name(), SharedAs.of(sealed.name()));
        return sealed;
    }

    private TableAnswer querySealed() {
        return world.protocol.query(
                reader.recipient(), TableAddress.of("partners", "sales", "sealed"), NOTHING_ASKED, request("{}"));
    }

    private StoredTable place() {
        return new StoredTable(table.id(), table.location(), Optional.empty());
    }

    private TableAnswer query(Capabilities capabilities, String body) {
        return world.protocol.query(reader.recipient(), ORDERS, capabilities, request(body));
    }

    private long files(String body) throws IOException {
        return lines(query(NOTHING_ASKED, body)).stream()
                .filter(line -> line.has("file"))
                .count();
    }

    private static String predicate(String tree) {
        return "\"jsonPredicateHints\":" + Json.text(tree);
    }

    private static Capabilities capabilities(String header, String fileIdHash) {
        return Capabilities.parse(Optional.of(header), Optional.ofNullable(fileIdHash));
    }

    private static QueryRequest request(String body) {
        return QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode last(TableAnswer answer) throws IOException {
        List<JsonNode> lines = lines(answer);
        return lines.get(lines.size() - 1);
    }

    static List<JsonNode> lines(TableAnswer answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answer.body().writeTo(bytes);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n")) lines.add(Json.MAPPER.readTree(line));
        return lines;
    }

    private static String metadata(String schema, String configuration) {
        return "{\"metaData\":{\"id\":\"i\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":"
                + Json.text(schema) + ",\"partitionColumns\":[],\"configuration\":" + configuration + "}}";
    }

    private void writeLog(SharedTable table, String... lines) throws IOException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        world.stores.get(table.location()).put("_delta_log/00000000000000000000.json", Content.of(bytes));
    }

    private static void assertFails(FailureKind kind, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
