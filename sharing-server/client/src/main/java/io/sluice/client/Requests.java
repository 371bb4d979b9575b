package io.sluice.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests to the server of a profile. */
record Requests(Profile profile) {
    static final String USER_AGENT = "Sluice-Sharing-Java/0.1";
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(profile.endpoint() + path))
                .header("Authorization", "Bearer " + profile.bearerToken())
                .header("User-Agent", USER_AGENT)
                .timeout(ANSWER_TIMEOUT);
    }

    static String path(TableRef table) {
        return "/shares/" + encoded(table.share()) + "/schemas/" + encoded(table.schema()) + "/tables/"
                + encoded(table.table());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
