package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ProtocolJson;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.CountingStore;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipient need not know that a table is one of Iceberg's. */
class SharedIcebergTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final List<String> DAYS = List.of("2026-01-01", "2026-01-02", "2026-01-03");

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;
    private SharedTable table;

    @BeforeEach
    void anIcebergTableOfThreeDaysIsShared() throws IOException {
        world = new World(folder);
        reader = world.reader("acme");
        table = world.icebergTable("main.sales.orders");
        for (String day : DAYS) world.icebergAuthor(table).append(World.rows(day, 10));
        world.share("partners");
        world.add(
                "partners",
                table.name(),
                SharedAs.of(table.name()),
                new HistoryWish(Optional.of(true), Optional.of(true), Optional.of(1L)));
        world.grant("partners", "acme");
    }

    @Test
    void aQueryTellsItAsAnyOtherTable() throws IOException {
        TableAnswer answer = query("", "{}");
        List<JsonNode> lines = SharingProtocolTest.lines(answer);

        assertThat(answer.headers()).containsEntry("Delta-Table-Version", "3");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).hasToString("{\"protocol\":{\"minReaderVersion\":1}}");
        JsonNode metadata = lines.get(1).get("metaData");
        assertThat(metadata.path("partitionColumns")).hasToString("[\"day\"]");
        assertThat(metadata.path("schemaString").asText())
                .isEqualTo("{\"type\":\"struct\",\"fields\":["
                        + "{\"name\":\"id\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}},"
                        + "{\"name\":\"item\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}},"
                        + "{\"name\":\"day\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}");
        JsonNode file = lines.get(2).get("file");
        assertThat(file.path("url").asText()).startsWith(world.base + "/files/");
        assertThat(file.path("partitionValues")).hasToString("{\"day\":\"2026-01-01\"}");
        assertThat(file.path("stats").asText()).contains("\"numRecords\":10", "\"maxValues\":{\"id\":9");
    }

    @Test
    void recipientsAreToldToReadItByTheCallsForDeltaTables() {
        ListedTable table = world.listing.table(reader.recipient(), ORDERS);

        assertThat(ProtocolJson.describedTable(table, Optional.empty())
                        .path("format")
                        .asText())
                .isEqualTo("delta");
        assertThat(world.listing.folder(reader.recipient(), table)).isEmpty();
    }

    @Test
    void whoWantsActionsOfALogGetsThem() throws IOException {
        List<JsonNode> lines = SharingProtocolTest.lines(query("responseformat=delta", "{}"));

        assertThat(lines.get(0))
                .hasToString("{\"protocol\":{\"deltaProtocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}}");
        JsonNode add = lines.get(2).at("/file/deltaSingleAction/add");
        assertThat(add.path("partitionValues").path("day").asText()).isEqualTo("2026-01-01");
        assertThat(add.path("dataChange").asBoolean()).isTrue();
    }

    @Test
    void hintsAndLimitsLeaveFilesOut() throws IOException {
        String oneDay = "{\"op\":\"equal\",\"children\":[{\"op\":\"column\",\"name\":\"day\",\"valueType\":\"string\"},"
                + "{\"op\":\"literal\",\"value\":\"2026-01-02\",\"valueType\":\"string\"}]}";
        String noRow =
                "{\"op\":\"greaterThan\",\"children\":[{\"op\":\"column\",\"name\":\"id\",\"valueType\":\"long\"},"
                        + "{\"op\":\"literal\",\"value\":\"9\",\"valueType\":\"long\"}]}";
        assertThat(files("{\"jsonPredicateHints\":" + Json.text(oneDay) + "}")).hasSize(1);
        assertThat(files("{\"jsonPredicateHints\":" + Json.text(noRow) + "}")).isEmpty();
        assertThat(files("{\"limitHint\":15}")).hasSize(2);
    }

    @Test
    void pagesAndRefreshesLeadThroughTheWholeTable() throws IOException {
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            String asked = token.isEmpty() ? "" : ",\"pageToken\":\"" + token + "\"";
            List<JsonNode> lines = SharingProtocolTest.lines(query("", "{\"maxFiles\":2" + asked + "}"));
            lines.stream().filter(line -> line.has("file")).forEach(line -> seen.add(id(line)));
            token = lines.get(lines.size() - 1)
                    .at("/endStreamAction/nextPageToken")
                    .asText();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(3).doesNotHaveDuplicates();

        List<JsonNode> first = SharingProtocolTest.lines(query("", "{\"includeRefreshToken\":true}"));
        String refresh =
                first.get(first.size() - 1).at("/endStreamAction/refreshToken").asText();
        world.icebergAuthor(table).append(World.rows("2026-01-04", 1));
        assertThat(files("{\"refreshToken\":\"" + refresh + "\"}"))
                .extracting(SharedIcebergTest::id)
                .containsExactlyInAnyOrderElementsOf(seen);
    }

    @Test
    void historyIsReadAndFollowed() throws IOException {
        assertThat(files("{\"version\":1}")).hasSize(1);
        assertThat(SharingProtocolTest.lines(query("", "{\"startingVersion\":2}")).stream()
                        .filter(line -> line.has("add"))
                        .map(line -> line.at("/add/version").asLong()))
                .containsExactly(2L, 3L);
        assertThatThrownBy(() -> query("", "{\"version\":4}")).hasMessageContaining("from 1 to 3");
    }

    @Test
    void whatDidNotChangeCostsItsStoreOneRequest() throws IOException {
        query("", "{}");
        CountingStore store = world.stores.get(table.location());
        long before = store.requests.get();
        query("", "{}");
        assertThat(store.requests.get() - before).isEqualTo(1);
    }

    private static String id(JsonNode line) {
        return line.at("/file/id").asText();
    }

    private List<JsonNode> files(String body) throws IOException {
        return SharingProtocolTest.lines(query("", body)).stream()
                .filter(line -> line.has("file"))
                .toList();
    }

    private TableAnswer query(String capabilities, String body) {
        return world.protocol.query(
                reader.recipient(),
                ORDERS,
                Capabilities.parse(Optional.of(capabilities), Optional.empty()),
                QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8)));
    }
}
