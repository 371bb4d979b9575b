package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are kept are the lines that would be written. The store signs URLs, so they are anybody's. */
class WrittenLinesTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final int FILES = 1_300;

    @TempDir
    Path folder;

    private World world;
    private SharedTable table;
    private World.Reader reader;

    @BeforeEach
    void aTableOfManyFilesIsShared() throws IOException {
        world = new World(folder);
        table = world.table("main.sales.orders");
        world.stores.get(table.location()).signs = true;
        add(0, FILES);
        world.share("partners", table.name());
        reader = world.reader("ann");
        world.grant("partners", "ann");
    }

    @Test
    void equalQuestionsGetEqualAnswersWithinAWindowOfTime() throws IOException {
        String first = text("{}");
        assertThat(first).contains("?signed");
        assertThat(text("{}")).isEqualTo(first);
        assertThat(paths(first)).hasSize(FILES);
        // A hint that leaves nothing out is answered file by file, without what is kept.
        assertThat(text("{\"limitHint\":1000000}")).isEqualTo(first);

        world.clock.pass(Duration.ofHours(1));
        assertThat(text("{}")).as("the URLs of another window").isNotEqualTo(first);
    }

    @Test
    void pagesOfAnySizeMakeTheWhole() throws IOException {
        List<String> whole = paths(text("{}"));
        for (int size : List.of(511, 512, 1_000, 5_000)) {
            List<String> found = new ArrayList<>();
            String token = "";
            do {
                List<String> lines =
                        text("{\"maxFiles\":" + size + token + "}").lines().toList();
                lines.subList(2, lines.size() - 1).forEach(line -> found.add(path(line)));
                String next = Json.MAPPER
                        .readTree(lines.get(lines.size() - 1))
                        .at("/endStreamAction/nextPageToken")
                        .asText();
                token = next.isEmpty() ? "" : ",\"pageToken\":\"" + next + "\"";
            } while (!token.isEmpty());
            assertThat(found).as("pages of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void aNewVersionIsNotAnsweredWithOldLines() throws IOException {
        text("{}");
        add(FILES, 1);

        assertThat(paths(text("{}"))).hasSize(FILES + 1);
        assertThat(world.listed.get(world.listed.size() - 1).files()).isEqualTo(FILES + 1);
        assertThat(world.listed.get(world.listed.size() - 1).bytes()).isEqualTo((FILES + 1) * 10L);
    }

    private void add(int from, int count) throws IOException {
        List<ObjectNode> actions = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            ObjectNode action = Json.object();
            ObjectNode add = action.putObject("add").put("path", "part-%05d.parquet".formatted(i));
            add.putObject("partitionValues").put("day", "2026-01-01");
            add.put("size", 10).put("modificationTime", 2).put("dataChange", true);
            actions.add(action);
        }
        DeltaLogWriter.at(world.stores.get(table.location())).commit(from == 0 ? 1 : 2, actions);
    }

    private String text(String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        world.protocol
                .query(
                        reader.recipient(),
                        ORDERS,
                        Capabilities.parse(Optional.empty(), Optional.empty()),
                        QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8)))
                .body()
                .writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> paths(String answer) {
        return answer.lines().skip(2).map(WrittenLinesTest::path).toList();
    }

    private static String path(String line) {
        try {
            JsonNode file = Json.MAPPER.readTree(line).get("file");
            return file.path("url").asText().replaceAll(".*/|\\?.*", "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
