package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.CountingStore;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to tables, and to the stores below them, while somebody reads. */
class MovingTablesTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");

    @TempDir
    Path folder;

    private World world;
    private SharedTable table;
    private CountingStore store;
    private World.Reader reader;

    @BeforeEach
    void aTableOfFourFilesIsShared() throws IOException {
        world = new World(folder);
        table = world.register("main.sales.orders", Optional.empty());
        store = world.stores.get(table.location());
        create();
        world.share("partners", table.name());
        reader = world.reader("ann");
        world.grant("partners", "ann");
    }

    private void create() throws IOException {
        world.author(table.location())
                .create(World.ORDERS, List.of("day"), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        for (int day = 1; day <= 4; day++) world.append(table.location(), "2026-01-0" + day, 10);
    }

    @Test
    void pagesGoOnAtTheirVersionThoughRowsAreDeletedAndFilesRemoved() throws IOException {
        List<String> whole = ids(query("{}"));
        String token = nextPage(query("{\"maxFiles\":1}"));
        world.author(table.location())
                .deleteWhere(row -> String.valueOf(row.values().get(2)).equals("2026-01-02"));

        assertThat(ids(query("{}"))).hasSizeLessThan(whole.size());
        assertThat(followed(world.protocol, token)).isEqualTo(whole.subList(1, 4));
    }

    @Test
    void pagesGoOnAfterARestartWithALogThatWasCleanedUpToTheirVersion() throws IOException {
        List<String> whole = ids(query("{}"));
        String token = nextPage(query("{\"maxFiles\":1}"));
        DeltaLogWriter.at(store).writeCheckpoint(4);
        world.append(table.location(), "2026-01-09", 10);
        for (int version = 0; version < 4; version++) store.delete(commit(version));

        assertThat(followed(world.restarted(), token)).isEqualTo(whole.subList(1, 4));
    }

    @Test
    void pagesEndInWordsWhenTheirVersionIsGoneFromTheLog() throws IOException {
        String token = nextPage(query("{\"maxFiles\":1}"));
        world.append(table.location(), "2026-01-09", 10);
        DeltaLogWriter.at(store).writeCheckpoint(5);
        for (int version = 0; version < 5; version++) store.delete(commit(version));

        assertFails(FailureKind.INVALID, "version 4", () -> page(world.restarted(), token));
    }

    @Test
    void pagesOfATableDoNotGoOnInAnotherThatTookItsPlace() throws IOException {
        String token = nextPage(query("{\"maxFiles\":1}"));
        for (String key : keys()) store.delete(key);
        create();

        assertFails(FailureKind.INVALID, "Query the table anew", () -> page(world.restarted(), token));
        assertThat(ids(query("{}"))).hasSize(4);
    }

    @Test
    void pagesEndWhenTheTableIsDroppedRenamedOrNoLongerGranted() throws IOException {
        String token = nextPage(query("{\"maxFiles\":1}"));

        world.revoke("partners", "ann");
        assertFails(FailureKind.NOT_FOUND, "partners", () -> page(world.protocol, token));
        world.grant("partners", "ann");
        assertThat(page(world.protocol, token)).isNotEmpty();
        world.catalog.drop(table.name());
        assertFails(FailureKind.NOT_FOUND, "orders", () -> page(world.protocol, token));
    }

    @Test
    void aTableThatIsUpgradedUnderAPageChainStaysReadableInTheFormatItBeganIn() throws IOException {
        List<JsonNode> first = query("{\"maxFiles\":1}");
        write(5, """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors","timestampNtz"],"writerFeatures":["deletionVectors","timestampNtz"]}}
                {"commitInfo":{"timestamp":1,"operation":"UPGRADE PROTOCOL","operationParameters":{}}}
                """);

        List<JsonNode> second = page(world.protocol, nextPage(first));

        assertThat(second.subList(0, 2)).isEqualTo(first.subList(0, 2));
    }

    @Test
    void aStoreThatRefusesIsTheProvidersMatterAndToldSo() throws IOException {
        query("{}");
        store.denies = true;

        assertFails(FailureKind.DENIED, "Ask the provider", () -> query("{}"));
        assertFails(FailureKind.DENIED, "Ask the provider", () -> lines(world.restarted(), "{}"));
        store.denies = false;
        assertThat(ids(query("{}"))).hasSize(4);
    }

    @Test
    void aStoreThatIsAwayIsWaitedForByTheClient() throws IOException {
        query("{}");
        store.isDark = true;

        assertFails(FailureKind.UNAVAILABLE, "Try again", () -> query("{}"));
        assertFails(FailureKind.UNAVAILABLE, "Try again", () -> lines(world.restarted(), "{}"));
        store.isDark = false;
        assertThat(ids(query("{}"))).hasSize(4);
    }

    @Test
    void aLogThatLostAFileIsRefusedInWordsAndNeverReadAsAShorterTable() throws IOException {
        query("{}");
        store.delete(commit(2));

        assertFails(FailureKind.INVALID, "not contiguous: ([0, 1, 3, 4])", () -> lines(world.restarted(), "{}"));
        assertThatThrownBy(() -> lines(world.restarted(), "{}"))
                .hasMessageNotContaining(table.location().getPath());
    }

    @Test
    void aRecipientWhoHangsUpLeavesALineThatSaysSo() {
        OutputStream cut = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("the reader is gone");
            }
        };
        TableAnswer answer = answer(world.protocol, "{}");

        assertThatThrownBy(() -> answer.body().writeTo(cut)).isInstanceOf(IOException.class);

        assertThat(world.listed)
                .singleElement()
                .satisfies(listed -> assertThat(listed.complete()).isFalse());
    }

    @Test
    void namesOfAllScriptsAreSharedAndFound() throws IOException {
        SharedTable other = world.table("main.verkäufe.注文表");
        world.append(other.location(), "2026-01-01", 10);
        world.add("partners", other.name(), SharedAs.of(other.name()));

        TableAnswer answer = world.protocol.query(
                reader.recipient(),
                TableAddress.of("PARTNERS", "VERKÄUFE", "注文表"),
                Capabilities.parse(Optional.empty(), Optional.empty()),
                QueryRequest.parse("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(ids(lines(answer))).hasSize(1);
    }

    private List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        ObjectStore all = store;
        for (var objects = all.list("", ""); objects.hasNext(); )
            keys.add(objects.next().key());
        return keys;
    }

    private static String commit(long version) {
        return "_delta_log/%020d.json".formatted(version);
    }

    private void write(long version, String lines) throws IOException {
        store.put(commit(version), Content.of(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private List<JsonNode> query(String body) throws IOException {
        return lines(world.protocol, body);
    }

    private List<JsonNode> page(SharingProtocol protocol, String token) throws IOException {
        return lines(protocol, "{\"maxFiles\":1,\"pageToken\":\"%s\"}".formatted(token));
    }

    /** The files of this page and of all that follow it. */
    private List<String> followed(SharingProtocol protocol, String token) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Optional<String> next = Optional.of(token); next.isPresent(); ) {
            List<JsonNode> page = page(protocol, next.get());
            ids.addAll(ids(page));
            next = Optional.of(nextPage(page)).filter(more -> !more.isEmpty());
        }
        return ids;
    }

    private TableAnswer answer(SharingProtocol protocol, String body) {
        return protocol.query(
                reader.recipient(),
                ORDERS,
                Capabilities.parse(
                        Optional.of("responseformat=delta;readerfeatures=deletionvectors"), Optional.empty()),
                QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private List<JsonNode> lines(SharingProtocol protocol, String body) throws IOException {
        return lines(answer(protocol, body));
    }

    private static List<JsonNode> lines(TableAnswer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) lines.add(Json.MAPPER.readTree(line));
        return lines;
    }

    private static List<String> ids(List<JsonNode> lines) {
        return lines.stream()
                .flatMap(line -> Stream.of(line.at("/file/id")))
                .filter(id -> !id.isMissingNode())
                .map(JsonNode::asText)
                .toList();
    }

    private static String nextPage(List<JsonNode> lines) {
        return lines.get(lines.size() - 1).at("/endStreamAction/nextPageToken").asText();
    }

    private interface Asking {
        Object ask() throws IOException;
    }

    private static void assertFails(FailureKind kind, String text, Asking question) {
        assertThatThrownBy(question::ask)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContaining(text);
    }
}
