package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedPartitions.Condition;
import io.sluice.sharing.share.SharedPartitions.Nothing;
import io.sluice.sharing.share.SharedPartitions.Operation;
import io.sluice.sharing.share.SharedPartitions.RecipientProperty;
import io.sluice.sharing.share.SharedPartitions.Text;
import io.sluice.sharing.share.SharedPartitions.Wanted;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ChangesRequest;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some partitions of a table are shared; nothing ever tells of the others. */
class SharedPartitionsTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final List<String> DAYS = List.of("2026-01-01", "2026-01-02", "2026-02-01", "");

    @TempDir
    Path folder;

    private World world;
    private SharedTable table;

    @BeforeEach
    void aTableOfSomeDaysIsShared() throws IOException {
        world = new World(folder);
        table = world.register("main.sales.orders", Optional.empty());
        world.author(table.location())
                .create(World.ORDERS, List.of("day"), Map.of("delta.enableChangeDataFeed", "true"));
        for (String day : DAYS) world.append(table.location(), day, 10);
        world.share("partners");
        world.add(
                "partners",
                table.name(),
                SharedAs.of(table.name()),
                new HistoryWish(Optional.of(true), Optional.of(true), Optional.of(0L)));
    }

    @Test
    void onlyThePartitionThatIsNamedIsToldOfAnywhere() throws IOException {
        share(new Text("2026-01-02"));
        World.Reader reader = reader("ann", Map.of());

        assertThat(days(query(reader, "{}"))).containsExactly("2026-01-02");
        assertThat(days(query(reader, "{\"version\":4}"))).containsExactly("2026-01-02");
        assertThat(days(query(reader, "{\"startingVersion\":0}"))).containsExactly("2026-01-02");
        assertThat(days(changes(reader))).containsExactly("2026-01-02");
        JsonNode metadata = query(reader, "{}").get(1).get("metaData");
        assertThat(metadata.path("numFiles").asInt()).isEqualTo(1);
        assertThat(metadata.path("size").asLong()).isLessThan(2_000);
        assertThat(world.preview
                        .rows(World.ADMIN, ShareName.of("partners"), SharedAs.of(table.name()), Optional.empty(), 1_000)
                        .rows())
                .hasSize(10)
                .allSatisfy(row -> assertThat(row.get("day")).isEqualTo("2026-01-02"));
    }

    @Test
    void eachRecipientGetsWhatTheirPropertySays() throws IOException {
        share(new RecipientProperty("day"));

        assertThat(days(query(reader("ann", Map.of("day", "2026-01-01")), "{}")))
                .containsExactly("2026-01-01");
        assertThat(days(query(reader("bob", Map.of("day", "2026-02-01")), "{}")))
                .containsExactly("2026-02-01");
        assertThat(days(query(reader("eve", Map.of("Day", "2026-01-01")), "{}")))
                .as("without the property there is nothing")
                .isEmpty();
        assertThat(days(query(reader("pat", Map.of("day", "%")), "{}")))
                .as("EQUAL knows no patterns")
                .isEmpty();
    }

    @Test
    void likeAndNoValueAreAlternatives() throws IOException {
        world.limit(
                "partners",
                table.name(),
                new SharedPartitions(List.of(
                        List.of(new Condition("day", Operation.LIKE, new Text("2026-0_-01"))),
                        List.of(new Condition("day", Operation.EQUAL, new Nothing())))));

        assertThat(days(query(reader("ann", Map.of()), "{}"))).containsExactly("2026-01-01", "2026-02-01", "null");
    }

    @Test
    void aColumnThatIsNoPartitionColumnIsRefusedWhenItIsNamed() {
        assertThatThrownBy(() -> share("item", new Text("item 1")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not partitioned by \"item\"")
                .hasMessageContaining("day");
    }

    @Test
    void aPageIsNotContinuedWithOtherPartitions() throws IOException {
        World.Reader reader = reader("ann", Map.of());
        List<JsonNode> page = query(reader, "{\"maxFiles\":1}");
        String token =
                page.get(page.size() - 1).at("/endStreamAction/nextPageToken").asText();
        share(new Text("2026-01-02"));

        assertThatThrownBy(() -> query(reader, "{\"maxFiles\":1,\"pageToken\":\"" + token + "\"}"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not good for this question");
    }

    @Test
    void whateverIsGrantedAndAskedNothingElseIsListed() throws IOException {
        // Random partitions, properties and questions against a model of a few lines.
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            String property = DAYS.get(random.nextInt(3));
            List<List<Condition>> alternatives = new ArrayList<>();
            Set<String> allowed = new TreeSet<>();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                Wanted wanted = wanted(random);
                alternatives.add(List.of(new Condition("day", Operation.EQUAL, wanted)));
                if (wanted instanceof Text text) allowed.add(text.text());
                if (wanted instanceof Nothing) allowed.add("null");
                if (wanted instanceof RecipientProperty) allowed.add(property);
            }
            world.limit("partners", table.name(), new SharedPartitions(alternatives));
            World.Reader reader = reader("reader" + round, Map.of("day", property));
            String question = question(random);

            assertThat(days(query(reader, question)))
                    .as("seed %d, round %d, %s", seed, round, question)
                    .isSubsetOf(allowed);
            assertThat(days(query(reader, "{}")))
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyElementsOf(allowed);
        }
    }

    private static Wanted wanted(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Text(DAYS.get(random.nextInt(3)));
            case 1 -> new Nothing();
            default -> new RecipientProperty("day");
        };
    }

    private static String question(Random random) {
        String hint =
                "\"jsonPredicateHints\":\"{\\\"op\\\":\\\"%s\\\",\\\"children\\\":[{\\\"op\\\":\\\"column\\\",\\\"name\\\":\\\"day\\\","
                                .formatted(random.nextBoolean() ? "equal" : "lessThan")
                        + "\\\"valueType\\\":\\\"string\\\"},{\\\"op\\\":\\\"literal\\\",\\\"value\\\":\\\""
                        + DAYS.get(random.nextInt(3))
                        + "\\\",\\\"valueType\\\":\\\"string\\\"}]}\"";
        return switch (random.nextInt(4)) {
            case 0 -> "{" + hint + "}";
            case 1 -> "{\"limitHint\":" + random.nextInt(30) + "}";
            case 2 -> "{\"startingVersion\":" + random.nextInt(5) + "}";
            default -> "{\"version\":" + random.nextInt(5) + "," + hint + "}";
        };
    }

    private void share(Wanted wanted) {
        share("day", wanted);
    }

    private void share(String column, Wanted wanted) {
        world.limit(
                "partners",
                table.name(),
                new SharedPartitions(List.of(List.of(new Condition(column, Operation.EQUAL, wanted)))));
    }

    private World.Reader reader(String name, Map<String, String> properties) {
        World.Reader reader = world.reader(name, properties);
        world.grant("partners", name);
        return reader;
    }

    private List<JsonNode> query(World.Reader reader, String body) throws IOException {
        return lines(world.protocol.query(
                reader.recipient(),
                ORDERS,
                Capabilities.parse(Optional.empty(), Optional.empty()),
                QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8))));
    }

    private List<JsonNode> changes(World.Reader reader) throws IOException {
        Map<String, String> parameters = Map.of("startingVersion", "0");
        return lines(world.protocol.changes(
                reader.recipient(),
                ORDERS,
                Capabilities.parse(Optional.empty(), Optional.empty()),
                ChangesRequest.parse(name -> Optional.ofNullable(parameters.get(name)))));
    }

    private static List<JsonNode> lines(TableAnswer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) lines.add(Json.MAPPER.readTree(line));
        return lines;
    }

    /** Of all files that the lines tell of. */
    private static Set<String> days(List<JsonNode> lines) {
        Set<String> days = new TreeSet<>();
        for (JsonNode line : lines)
            for (String kind : List.of("file", "add", "remove", "cdf"))
                if (line.has(kind))
                    days.add(line.get(kind).path("partitionValues").path("day").asText());
        return days;
    }
}
