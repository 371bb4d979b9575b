package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.query.AsyncQueries.Query;
import io.sluice.sharing.query.QueryTokens.Question;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.NdjsonAnswer;
import io.sluice.sharing.wire.PollRequest;
import io.sluice.sharing.wire.QueryRequest;
import java.util.List;
import java.util.Map;

/** Answers queries whose senders need not wait: with the files, or with the word that they are on their way. */
final class AsyncAnswers {
    private final AsyncQueries queries;
    private final SnapshotAnswers snapshots;

    AsyncAnswers(AsyncQueries queries, SnapshotAnswers snapshots) {
        this.queries = queries;
        this.snapshots = snapshots;
    }

    TableAnswer begin(Asked asked, QueryRequest request) {
        String key = request.idempotencyKey()
                .orElseThrow(() -> Failure.invalid(
                        "asyncquery needs an idempotencyKey in the body. Send one, or leave asyncquery out."));
        Question question = Question.of(asked, request.identity());
        return answer(asked, queries.begin(question, key, request, () -> snapshots.begin(asked, request)), request);
    }

    TableAnswer poll(Asked asked, String queryId, PollRequest poll) {
        Query query = queries.find(queryId, request -> Question.of(asked, request.identity()));
        return answer(asked, query, query.request().turnedTo(poll.maxFiles(), poll.pageToken()));
    }

    private TableAnswer answer(Asked asked, Query query, QueryRequest request) {
        if (request.pageToken().isPresent()) return snapshots.answer(asked, request);
        return queries.await(query)
                .map(place -> snapshots.answer(asked, request, place))
                .orElseGet(() -> pending(query));
    }

    private static TableAnswer pending(Query query) {
        ObjectNode line = Json.object();
        line.putObject("queryStatus").put("queryId", query.id()).put("status", "pending");
        return new TableAnswer(
                Map.of(
                        "Content-Type",
                        NdjsonAnswer.CONTENT_TYPE,
                        // The Spark client wants a version on every answer; there is none yet.
                        TableAnswer.VERSION_HEADER,
                        "0",
                        Capabilities.HEADER,
                        Capabilities.ASYNCHRONOUS),
                NdjsonAnswer.of(List.of(line)));
    }
}
