package io.sluice.bench.conformance.wire;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server under test. Remembers what it must never have done. */
public final class Server {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final ShareProfile profile;
    // Not HTTP/2: a server on a plain port would first be asked to change over, which some take ill.
    private final HttpClient http = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .build();
    private final List<Answer> collapses = new ArrayList<>();
    private String lastRequest = "";

    public Server(ShareProfile profile) {
        this.profile = profile;
    }

    /** @param path below the endpoint, with its names encoded by {@link #encoded} */
    public Call get(String path) {
        return call("GET", path);
    }

    public Call post(String path, String json) {
        return call("POST", path).body(json);
    }

    public Call call(String method, String path) {
        return Call.authorized(this, method, profile.endpoint() + path, profile.token());
    }

    /** A URL that the server handed out, which has to work by itself: the token stays here. */
    public Call file(String url) {
        return Call.bare(this, url);
    }

    public String endpoint() {
        return profile.endpoint();
    }

    public static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Answers with a status of 500 or above: nothing a client sends should bring them about. */
    public List<Answer> collapses() {
        return List.copyOf(collapses);
    }

    public String lastRequest() {
        return lastRequest;
    }

    HttpClient http() {
        return http;
    }

    void sending(Call call) {
        lastRequest = call.curl();
    }

    void answered(Answer answer) {
        if (answer.status() >= 500 && answer.status() != 501) collapses.add(answer);
    }
}
