package io.sluice.bench.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Ordinary calls with a token, for preparations. What is measured goes by {@link WireClient}. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String token;

    public Api(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return parse(send("GET", path, ""));
    }

    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return parse(send("POST", path, body));
    }

    public JsonNode patch(String path, String body) throws IOException, InterruptedException {
        return parse(send("PATCH", path, body));
    }

    /** The lines of a sharing answer. */
    public List<JsonNode> lines(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body).lines().map(Api::parse).toList();
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2)
            throw new IOException(
                    "%s %s answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
        return response.body();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is not JSON: " + text, e);
        }
    }
}
