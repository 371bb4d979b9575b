package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.PollRequest;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query whose sender comes again for the answer. */
class AsyncQueriesTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final Capabilities ASYNCHRONOUS =
            Capabilities.parse(Optional.of("asyncquery=true"), Optional.empty());

    @TempDir
    Path folder;

    private World world;
    private SharedTable table;
    private World.Reader reader;

    @BeforeEach
    void aSharedTableThatTakesTimeToLoad() throws IOException {
        world = new World(folder);
        table = world.table("main.sales.orders");
        for (int day = 1; day <= 3; day++) world.append(table.location(), "2026-01-0" + day, 10);
        world.share("partners", table.name());
        reader = world.reader("ann");
        world.grant("partners", "ann");
        world.holdsWork = true;
    }

    @Test
    void whoComesTooEarlyIsToldToComeAgain() throws IOException {
        TableAnswer first = send("{\"idempotencyKey\":\"k\"}");
        assertThat(first.headers()).containsEntry("Delta-Table-Version", "0");
        JsonNode status = lines(first).get(0).get("queryStatus");
        assertThat(status.path("status").asText()).isEqualTo("pending");
        String id = status.path("queryId").asText();
        assertThat(lines(poll(id, "{}")).get(0).has("queryStatus")).isTrue();

        finish();
        List<JsonNode> lines = lines(poll(id, "{}"));
        assertThat(lines).hasSize(5);
        assertThat(lines).noneMatch(line -> line.has("queryStatus"));
    }

    @Test
    void theSameKeyIsTheSameQuery() throws IOException {
        String id = id(send("{\"idempotencyKey\":\"k\"}"));
        assertThat(id(send("{\"idempotency_key\":\"k\"}"))).isEqualTo(id);
        assertThat(id(send("{\"idempotencyKey\":\"k\",\"limitHint\":1}"))).isNotEqualTo(id);
        assertThat(world.heldWork).hasSize(2);
    }

    @Test
    void theAnswerStandsWhereTheQueryFoundIt() throws IOException {
        String id = id(send("{\"idempotencyKey\":\"k\"}"));
        finish();
        world.append(table.location(), "2026-01-04", 10);

        TableAnswer answer = poll(id, "{\"maxFiles\":2}");
        assertThat(answer.headers()).containsEntry("Delta-Table-Version", "3");
        List<JsonNode> page = lines(answer);
        assertThat(page).hasSize(5);
        String token = page.get(4).at("/endStreamAction/nextPageToken").asText();
        assertThat(lines(poll(id, "{\"maxFiles\":2,\"pageToken\":\"" + token + "\"}")))
                .hasSize(4);
    }

    @Test
    void nobodyElseGetsTheAnswer() {
        String id = id(send("{\"idempotencyKey\":\"k\"}"));
        World.Reader other = world.reader("bob");
        world.grant("partners", "bob");

        assertThatThrownBy(() -> world.protocol.poll(
                        other.recipient(), ORDERS, ASYNCHRONOUS, id, PollRequest.parse(new byte[0])))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("of yours");
        assertThatThrownBy(() -> poll("invented", "{}")).isInstanceOf(Failure.class);
    }

    @Test
    void aQueryThatFailedMayBeSentAgainUnderItsKey() {
        world.stores.get(table.location()).isDark = true;
        String id = id(send("{\"idempotencyKey\":\"k\"}"));
        finish();
        assertThatThrownBy(() -> poll(id, "{}")).isInstanceOf(Failure.class).hasMessageContaining("Try again");

        world.stores.get(table.location()).isDark = false;
        assertThat(id(send("{\"idempotencyKey\":\"k\"}"))).isNotEqualTo(id);
    }

    private void finish() {
        world.heldWork.forEach(Runnable::run);
        world.heldWork.clear();
    }

    private TableAnswer send(String body) {
        return world.protocol.query(
                reader.recipient(), ORDERS, ASYNCHRONOUS, QueryRequest.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private TableAnswer poll(String id, String body) {
        return world.protocol.poll(
                reader.recipient(), ORDERS, ASYNCHRONOUS, id, PollRequest.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String id(TableAnswer answer) {
        try {
            return lines(answer).get(0).at("/queryStatus/queryId").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> lines(TableAnswer answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) lines.add(Json.MAPPER.readTree(line));
        return lines;
    }
}
