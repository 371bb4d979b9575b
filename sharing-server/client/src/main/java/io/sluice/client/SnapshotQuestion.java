package io.sluice.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** The files of a table at one version. */
record SnapshotQuestion(Requests requests, TableRef table, Query query, String capabilities) implements Question {
    @Override
    public HttpRequest first(Optional<String> refreshToken) {
        ObjectNode body = query.body();
        refreshToken.ifPresent(token -> body.put("refreshToken", token));
        // An old version is asked for again as it was asked for.
        if (refreshToken.isEmpty() && query.isOfNow()) body.put("includeRefreshToken", true);
        return post(body);
    }

    @Override
    public HttpRequest page(String token) {
        return post(query.body().put("pageToken", token));
    }

    private HttpRequest post(ObjectNode body) {
        return requests.to(Requests.path(table) + "/query")
                .header(Lines.CAPABILITIES, capabilities)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body.put("maxFiles", PAGE_FILES).toString()))
                .build();
    }
}
