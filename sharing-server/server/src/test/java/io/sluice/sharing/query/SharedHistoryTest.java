package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ChangesRequest;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old versions, changes, and answers that go on after a page. */
class SharedHistoryTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final String BOTH = "responseformat=delta,parquet;readerfeatures=deletionvectors,columnmapping";
    private static final HistoryWish ALL = new HistoryWish(Optional.of(true), Optional.of(true), Optional.of(1L));

    @TempDir
    Path folder;

    private World world;
    private SharedTable table;
    private World.Reader reader;

    @BeforeEach
    void aTableThatKeepsChangesIsSharedFromItsFirstRowsOn() throws IOException {
        world = new World(folder);
        table = world.register("main.sales.orders", Optional.empty());
        author().create(
                        World.ORDERS,
                        List.of("day"),
                        Map.of("delta.enableChangeDataFeed", "true", TableAuthor.DELETION_VECTORS, "true"));
        for (int day = 1; day <= 3; day++) world.append(table.location(), "2026-01-0" + day, 10);
        world.share("partners");
        world.add("partners", table.name(), SharedAs.of(table.name()), ALL);
        reader = world.reader("ann");
        world.grant("partners", "ann");
    }

    @Test
    void anOldVersionIsReadAsItWas() throws IOException {
        List<JsonNode> lines = query("{\"version\":2}");
        assertThat(lines).hasSize(4);
        assertThat(query("{\"version\":3}")).hasSize(5);
        assertThat(answer("{\"version\":2}").headers()).containsEntry("Delta-Table-Version", "2");
        assertThat(lines(world.protocol.metadata(
                                reader.recipient(), ORDERS, asked(""), Optional.of("2"), Optional.empty()))
                        .get(1)
                        .at("/metaData/numFiles")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatLiesBeforeTheSharedHistoryIsNotShown() {
        assertInvalid("from version 1 on", () -> query("{\"version\":0}"));
        assertInvalid("from version 1 on", () -> query("{\"startingVersion\":0}"));
        assertInvalid("from version 1 on", () -> changes(Map.of("startingVersion", "0")));
        assertInvalid("version 9", () -> query("{\"version\":9}"));
    }

    @Test
    void aMomentMeansTheVersionThatWasThere() throws IOException {
        Instant late = Instant.now().plus(Duration.ofDays(1));
        assertThat(answer("{\"timestamp\":\"%s\"}".formatted(commitTime(2))).headers())
                .containsEntry("Delta-Table-Version", "2");
        assertThat(world.protocol.version(
                        reader.recipient(), ORDERS, Optional.of(commitTime(2).toString())))
                .isEqualTo(2);
        assertThatThrownBy(() -> world.protocol.version(reader.recipient(), ORDERS, Optional.of(late.toString())))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aStreamSeesWhatWasAddedAndRemovedVersionByVersion() throws IOException {
        author().deleteWhere(row -> "2026-01-01".equals(row.get("day")));
        List<JsonNode> lines = query("{\"startingVersion\":2}");
        assertThat(lines.get(1).at("/metaData/version").asLong()).isEqualTo(2);
        assertThat(kinds(lines)).containsExactly("add", "add", "remove");
        JsonNode removed = lines.get(4).get("remove");
        assertThat(removed.path("version").asLong()).isEqualTo(4);
        assertThat(removed.path("timestamp").asLong()).isPositive();
        assertThat(removed.path("url").asText()).isNotEmpty();
        assertThat(answer("{\"startingVersion\":2}").headers()).containsEntry("Delta-Table-Version", "2");
        assertThat(kinds(query("{\"startingVersion\":2,\"endingVersion\":2}"))).containsExactly("add");
    }

    @Test
    void theChangeFeedTellsTheRangeThatIsAskedFor() throws IOException {
        assertThat(kinds(changes(Map.of("startingVersion", "1")))).containsExactly("add", "add", "add");
        assertThat(kinds(changes(Map.of("startingVersion", "2", "endingVersion", "2"))))
                .containsExactly("add");
        assertThat(kinds(changes(Map.of(
                        "startingTimestamp",
                        commitTime(2).toString(),
                        "endingTimestamp",
                        commitTime(3).toString()))))
                .containsExactly("add", "add");
        assertInvalid("Start version(9)", () -> changes(Map.of("startingVersion", "9")));
        assertInvalid(
                "End cannot be before start", () -> changes(Map.of("startingVersion", "3", "endingVersion", "2")));
        assertInvalid("Give one of", () -> changes(Map.of()));
    }

    @Test
    void aTableWithDeletedRowsIsToldInDeltaFormatToThoseWhoKnowIt() throws IOException {
        author().deleteWhere(row -> Long.valueOf(3).equals(row.get("id")));
        assertThatThrownBy(() -> query("{}"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED));
        TableAnswer answer = world.protocol.query(reader.recipient(), ORDERS, asked(BOTH), request("{}"));
        assertThat(answer.headers()).containsEntry("delta-sharing-capabilities", "responseformat=delta");
        List<JsonNode> lines = lines(answer);
        assertThat(lines.get(0).at("/protocol/deltaProtocol/readerFeatures").toString())
                .contains("deletionVectors");
        JsonNode delta = lines.get(1).at("/metaData/deltaMetadata");
        assertThat(delta.at("/configuration/delta.enableDeletionVectors").asText())
                .isEqualTo("true");
        assertThat(delta.path("schemaString").asText()).contains("\"item\"");
        for (JsonNode line : lines.subList(2, lines.size())) {
            JsonNode add = line.at("/file/deltaSingleAction/add");
            assertThat(add.path("path").asText()).startsWith(world.base + "/files/");
            assertThat(add.at("/deletionVector/storageType").asText()).isEqualTo("p");
            assertThat(add.at("/deletionVector/pathOrInlineDv").asText()).startsWith(world.base + "/files/");
            assertThat(add.at("/deletionVector/cardinality").asInt()).isEqualTo(1);
            assertThat(line.at("/file/deletionVectorFileId").asText()).hasSize(64);
        }
        assertThat(lines).hasSize(5);
    }

    @Test
    void aRangeSaysInItsFirstLineThatLaterVersionsHideRows() throws IOException {
        author().deleteWhere(row -> Long.valueOf(3).equals(row.get("id")));
        Map<String, String> range = Map.of("startingVersion", "1", "includeHistoricalMetadata", "true");

        List<JsonNode> lines = changes(range, BOTH);

        assertThat(lines.get(0).at("/protocol/deltaProtocol/readerFeatures").toString())
                .contains("deletionVectors");
        assertThat(lines.get(lines.size() - 1).findPath("deletionVector").isObject())
                .isTrue();
    }

    @Test
    void aPlainTableIsToldInTheFormatThatIsAskedFor() throws IOException {
        assertThat(world.protocol
                        .query(reader.recipient(), ORDERS, asked(BOTH), request("{}"))
                        .headers())
                .containsEntry("delta-sharing-capabilities", "responseformat=parquet");
        List<JsonNode> delta =
                lines(world.protocol.query(reader.recipient(), ORDERS, asked("responseformat=delta"), request("{}")));
        assertThat(delta.get(0).at("/protocol/deltaProtocol").toString())
                .isEqualTo("{\"minReaderVersion\":1,\"minWriterVersion\":2}");
        assertThat(delta.get(2).at("/file/deltaSingleAction/add/stats").asText())
                .contains("numRecords");
    }

    @Test
    void pagesTogetherAreTheWholeAnswerThoughTheTableGoesOn() throws IOException {
        Set<String> whole = ids(query("{}"));
        List<JsonNode> first = query("{\"maxFiles\":2}");
        String token = last(first).at("/endStreamAction/nextPageToken").asText();
        assertThat(token).matches("[A-Za-z0-9_-]+");
        world.append(table.location(), "2026-01-09", 10);

        List<JsonNode> second = query("{\"maxFiles\":2,\"pageToken\":\"%s\"}".formatted(token));
        assertThat(second.subList(0, 2)).isEqualTo(first.subList(0, 2));
        assertThat(last(second).at("/endStreamAction").has("nextPageToken")).isFalse();
        Set<String> paged = new HashSet<>(ids(first));
        paged.addAll(ids(second));
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void changesComeInPagesToo() throws IOException {
        List<JsonNode> first = changes(Map.of("startingVersion", "1", "maxFiles", "2"));
        String token = last(first).at("/endStreamAction/nextPageToken").asText();
        world.append(table.location(), "2026-01-09", 10);
        List<JsonNode> second = changes(Map.of("startingVersion", "1", "maxFiles", "2", "pageToken", token));
        assertThat(kinds(first)).containsExactly("add", "add");
        assertThat(kinds(second)).containsExactly("add");
        assertThat(second.subList(0, 2)).isEqualTo(first.subList(0, 2));
    }

    @Test
    void freshUrlsAreOfTheVersionThatWasAnswered() throws IOException {
        List<JsonNode> before = query("{\"includeRefreshToken\":true}");
        String token = last(before).at("/endStreamAction/refreshToken").asText();
        world.append(table.location(), "2026-01-09", 10);
        List<JsonNode> again = query("{\"refreshToken\":\"%s\"}".formatted(token));
        assertThat(ids(again)).isEqualTo(ids(before));
        assertThat(last(again).at("/endStreamAction").has("refreshToken")).isTrue();
    }

    @Test
    void aTokenIsGoodForItsQuestionOnly() throws IOException {
        String page = last(query("{\"maxFiles\":1}"))
                .at("/endStreamAction/nextPageToken")
                .asText();
        String refresh = last(query("{\"includeRefreshToken\":true}"))
                .at("/endStreamAction/refreshToken")
                .asText();
        World.Reader other = world.reader("bob");
        world.grant("partners", "bob");
        String body = "{\"maxFiles\":1,\"pageToken\":\"%s\"}".formatted(page);

        assertInvalid(
                "pageToken", () -> lines(world.protocol.query(other.recipient(), ORDERS, asked(""), request(body))));
        assertInvalid("pageToken", () -> query(body.replace("\"maxFiles\":1", "\"limitHint\":5")));
        assertInvalid("pageToken", () -> query("{\"pageToken\":\"%s\"}".formatted(refresh)));
        assertInvalid("refreshToken", () -> query("{\"refreshToken\":\"%s\"}".formatted(page)));
        assertInvalid("pageToken", () -> query(body.replace(page, flipped(page))));
        world.clock.pass(Duration.ofDays(4));
        assertInvalid("pageToken", () -> query(body));
    }

    @Test
    void historyThatIsSharedLaterBeginsThen() throws IOException {
        SharedTable late = world.table("main.sales.late");
        world.append(late.location(), "2026-01-01", 1);
        world.add("partners", late.name(), SharedAs.of(late.name()));
        HistoryWish versions = new HistoryWish(Optional.of(true), Optional.empty(), Optional.empty());
        world.shares.update(
                World.ADMIN,
                ShareName.of("partners"),
                SharePatch.of(new SharePatch.Update(late.name(), ObjectWish.PLAIN.with(versions))));
        assertThat(world.shares.get(World.ADMIN, ShareName.of("partners")).objects().stream()
                        .filter(view -> view.object().table().equals(TableName.parse("main.sales.late")))
                        .map(view -> view.object().history().startVersion()))
                .containsExactly(1L);
    }

    private TableAuthor author() {
        return world.author(table.location());
    }

    private Instant commitTime(long version) throws IOException {
        return world.tables
                .open(new StoredTable(table.id(), table.location(), Optional.empty()))
                .log()
                .commitTimes(version, version)
                .get(version);
    }

    private static String flipped(String token) {
        char first = token.charAt(0);
        return (first == 'A' ? 'B' : 'A') + token.substring(1);
    }

    private static Capabilities asked(String capabilities) {
        return Capabilities.parse(Optional.of(capabilities), Optional.empty());
    }

    private static QueryRequest request(String body) {
        return QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private TableAnswer answer(String body) {
        return world.protocol.query(reader.recipient(), ORDERS, asked(""), request(body));
    }

    private List<JsonNode> query(String body) throws IOException {
        return lines(answer(body));
    }

    private List<JsonNode> changes(Map<String, String> parameters) throws IOException {
        return changes(parameters, "");
    }

    private List<JsonNode> changes(Map<String, String> parameters, String capabilities) throws IOException {
        ChangesRequest request = ChangesRequest.parse(name -> Optional.ofNullable(parameters.get(name)));
        return lines(world.protocol.changes(reader.recipient(), ORDERS, asked(capabilities), request));
    }

    private static List<JsonNode> lines(TableAnswer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) lines.add(Json.MAPPER.readTree(line));
        return lines;
    }

    private static JsonNode last(List<JsonNode> lines) {
        return lines.get(lines.size() - 1);
    }

    private static List<String> kinds(List<JsonNode> lines) {
        return lines.stream()
                .skip(2)
                .map(line -> line.fieldNames().next())
                .filter(kind -> !kind.equals("endStreamAction"))
                .toList();
    }

    private static Set<String> ids(List<JsonNode> lines) {
        Set<String> ids = new HashSet<>();
        for (JsonNode line : lines)
            if (line.has("file")) ids.add(line.at("/file/id").asText());
        return ids;
    }

    private static void assertInvalid(String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID))
                .hasMessageContaining(text);
    }
}
