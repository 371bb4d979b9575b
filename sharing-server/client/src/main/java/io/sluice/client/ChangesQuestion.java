package io.sluice.client;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The change data feed of a range of versions. */
record ChangesQuestion(Requests requests, TableRef table, ChangeRange range, String capabilities) implements Question {
    /** There are no refresh tokens: what happened stays as it is. */
    @Override
    public HttpRequest first(Optional<String> refreshToken) {
        return get(range.parameters());
    }

    @Override
    public HttpRequest page(String token) {
        Map<String, String> parameters = range.parameters();
        parameters.put("pageToken", token);
        return get(parameters);
    }

    @Override
    public HttpRequest again(String queryId) {
        throw new IllegalStateException("changes are never pending, and yet there is a query " + queryId);
    }

    private HttpRequest get(Map<String, String> parameters) {
        parameters.put("maxFiles", String.valueOf(PAGE_FILES));
        String given = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + Requests.encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return requests.to(Requests.path(table) + "/changes?" + given)
                .header(Lines.CAPABILITIES, capabilities)
                .build();
    }
}
