package io.sluice.bench.conformance.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.Check;
import io.sluice.bench.conformance.check.Group;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.check.Rules;
import io.sluice.bench.conformance.share.SharedTable;
import io.sluice.bench.conformance.share.World;
import io.sluice.bench.conformance.wire.Answer;
import io.sluice.bench.conformance.wire.Call;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Queries whose senders come again for the answer. */
final class AsyncRules {
    private static final String ASYNC = "responseformat=parquet;asyncquery=true";
    private static final int MOST_POLLS = 60;
    private static final long PAUSE_MILLIS = 1_000;

    private AsyncRules() {}

    static List<Check> list() {
        return Rules.of(Group.ASYNC)
                .rule("An asynchronous query brings the files that the plain query brings", world -> {
                    SharedTable table = offered(world);
                    Answer answer = answered(table, begin(table, key()).send().isOk());
                    Map<String, Integer> wanted =
                            table.query("{}").send().isOk().lines().fileIds();
                    answer.must(
                            answer.lines().fileIds().equals(wanted),
                            wanted.toString(),
                            answer.lines().fileIds());
                })
                .rule(
                        "asyncquery=true without an idempotencyKey is refused with 400",
                        world -> offered(world)
                                .query("{}")
                                .capabilities(ASYNC)
                                .send()
                                .is(400))
                // The Spark client's spelling.
                .rule("idempotency_key is understood like idempotencyKey", world -> {
                    SharedTable table = offered(world);
                    Answer begun = table.query("{\"idempotency_key\":\"" + key() + "\"}")
                            .capabilities(ASYNC)
                            .send()
                            .isOk();
                    answered(table, begun);
                })
                .rule("The same key twice brings the same answer", world -> {
                    SharedTable table = offered(world);
                    String key = key();
                    Answer first = answered(table, begin(table, key).send().isOk());
                    Answer second = answered(table, begin(table, key).send().isOk());
                    second.must(second.lines().fileIds().equals(first.lines().fileIds()), "the same files", "others");
                })
                .rule("Every answer tells Delta-Table-Version, pending ones too", world -> {
                    SharedTable table = offered(world);
                    begin(table, key()).send().isOk().version();
                })
                .rule("Asking again for a query that nobody sent is refused with 400 or 404", world -> {
                    SharedTable table = offered(world);
                    table.poll("conformance-no-such-query", "{}")
                            .capabilities(ASYNC)
                            .send()
                            .is(400, 404);
                })
                .rule("Asking again without a token is refused with 401", world -> {
                    SharedTable table = offered(world);
                    table.poll("conformance-no-such-query", "{}")
                            .withoutToken()
                            .send()
                            .is(401);
                })
                .rule("An asynchronous query of a table that is not there is refused with 404", world -> {
                    offered(world);
                    begin(world.missing(), key()).send().is(404);
                })
                .list();
    }

    /** A server that does not know asynchronous queries passes the capability over, and misses no key. */
    private static SharedTable offered(World world) throws IOException, InterruptedException {
        SharedTable table = world.plain();
        if (table.query("{}").capabilities(ASYNC).send().succeeded())
            throw new NotApplicable(
                    "The server knows no asynchronous queries: it answers asyncquery=true without a key.");
        return table;
    }

    private static String key() {
        return "conformance-" + UUID.randomUUID();
    }

    private static Call begin(SharedTable table, String key) {
        return table.query("{\"idempotencyKey\":\"" + key + "\"}").capabilities(ASYNC);
    }

    private static Answer answered(SharedTable table, Answer begun) throws IOException, InterruptedException {
        Answer answer = begun;
        for (int polls = 0; ; polls++) {
            JsonNode status = answer.lines().trees().get(0).path("queryStatus");
            if (status.isMissingNode()) return answer;
            answer.must(status.path("status").asText().equals("pending"), "pending", status);
            answer.must(polls < MOST_POLLS, "an answer within a minute", "still pending");
            Thread.sleep(PAUSE_MILLIS);
            answer = table.poll(status.path("queryId").asText(), "{}")
                    .capabilities(ASYNC)
                    .send()
                    .isOk();
        }
    }
}
