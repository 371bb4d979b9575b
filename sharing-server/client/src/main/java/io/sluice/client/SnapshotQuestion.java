package io.sluice.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.UUID;

/** The files of a table at one version. */
record SnapshotQuestion(Requests requests, TableRef table, Query query, String capabilities) implements Question {
    @Override
    public HttpRequest first(Optional<String> refreshToken) {
        ObjectNode body = query.body();
        refreshToken.ifPresent(token -> body.put("refreshToken", token));
        // An old version is asked for again as it was asked for.
        if (refreshToken.isEmpty() && query.isOfNow()) body.put("includeRefreshToken", true);
        // The same key means the same query, also for a request that is sent twice.
        if (query.mayBePending()) body.put("idempotencyKey", UUID.randomUUID().toString());
        return post("/query", body, query.mayBePending() ? capabilities + ";asyncquery=true" : capabilities);
    }

    @Override
    public HttpRequest page(String token) {
        return post("/query", query.body().put("pageToken", token), capabilities);
    }

    @Override
    public HttpRequest again(String queryId) {
        return post(
                "/queries/" + Requests.encoded(queryId),
                JsonNodeFactory.instance.objectNode(),
                capabilities + ";asyncquery=true");
    }

    private HttpRequest post(String path, ObjectNode body, String taken) {
        return requests.to(Requests.path(table) + path)
                .header(Lines.CAPABILITIES, taken)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body.put("maxFiles", PAGE_FILES).toString()))
                .build();
    }
}
