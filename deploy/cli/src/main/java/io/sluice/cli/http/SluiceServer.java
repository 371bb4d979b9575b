package io.sluice.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.Exit;
import io.sluice.cli.setting.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Sluice server as somebody with a token sees it. Redirects are not followed: the token stays where it belongs. */
public final class SluiceServer {
    public static final String USER_AGENT = "sluice-cli";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    /** A first sync moves a whole table while the request stands. */
    private static final Duration LONG_ANSWER = Duration.ofHours(12);
    /** A server that hands out the same page for ever must not hold us for ever. */
    private static final int MOST_PAGES = 100_000;

    private final Settings settings;
    private final HttpClient http;

    public SluiceServer(Settings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public URI address() {
        return settings.server();
    }

    public JsonNode get(Route route) {
        return ask("GET", route, null, ANSWER);
    }

    /** A page that is made for reading. */
    public String text(Route route) {
        HttpResponse<String> response =
                send(request(route, ANSWER).setHeader("Accept", "text/plain").build());
        if (response.statusCode() / 100 != 2) throw Refusal.of(response).asFailure();
        return response.body();
    }

    public JsonNode post(Route route, JsonNode body) {
        return ask("POST", route, body, ANSWER);
    }

    /** For work that is done while the request stands. */
    public JsonNode postAndWait(Route route, JsonNode body) {
        return ask("POST", route, body, LONG_ANSWER);
    }

    public JsonNode patch(Route route, JsonNode body) {
        return ask("PATCH", route, body, ANSWER);
    }

    public JsonNode put(Route route, JsonNode body) {
        return ask("PUT", route, body, ANSWER);
    }

    public JsonNode delete(Route route) {
        return ask("DELETE", route, null, ANSWER);
    }

    /** All pages of a list as one answer: {@code {"tables": [...]}}. */
    public ObjectNode getAll(Route route, String list) {
        return getAll(route, list, Integer.MAX_VALUE);
    }

    /** The first of a list. Where there are more, the answer has the token of the page that was not read. */
    public ObjectNode getAll(Route route, String list, int limit) {
        ArrayNode all = Json.array();
        Route next = route;
        String page = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode answer = get(limit == Integer.MAX_VALUE ? next : next.with("max_results", limit - all.size()));
            answer.path(list).forEach(all::add);
            String token = answer.path("next_page_token").asText("");
            if (token.isEmpty() || token.equals(page)) break;
            // A page is never longer than was asked for.
            if (all.size() >= limit) return listed(list, all).put("next_page_token", token);
            page = token;
            next = route.with("page_token", token);
        }
        return listed(list, all);
    }

    private static ObjectNode listed(String list, ArrayNode all) {
        return Json.object().set(list, all);
    }

    /** All of a SCIM list, whose pages are counted instead of named. */
    public ObjectNode getAllResources(Route route) {
        ArrayNode all = Json.array();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode answer = get(route.with("startIndex", all.size() + 1L));
            JsonNode page = answer.path("Resources");
            page.forEach(all::add);
            if (page.isEmpty() || all.size() >= answer.path("totalResults").asInt()) break;
        }
        return listed("Resources", all);
    }

    /** Posts fields as a form does; the endpoints of OAuth want them so. */
    public JsonNode postForm(Route route, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> Route.encoded(field.getKey()) + "=" + Route.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return parsed(send(request(route, ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build()));
    }

    private JsonNode ask(String method, Route route, @Nullable JsonNode body, Duration patience) {
        HttpRequest.Builder request = request(route, patience);
        if (body == null)
            return parsed(send(request.method(method, BodyPublishers.noBody()).build()));
        return parsed(send(request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build()));
    }

    private JsonNode parsed(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) throw Refusal.of(response).asFailure();
        try {
            return response.body().isBlank() ? Json.object() : Json.parse(response.body());
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    Exit.FAILURE,
                    "What answers at %s is not a Sluice server: it sent no JSON. Check the address."
                            .formatted(settings.server()),
                    e);
        }
    }

    private HttpRequest.Builder request(Route route, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.server() + route.text()))
                .timeout(patience)
                .header("User-Agent", USER_AGENT)
                .header("Accept", "application/json");
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        return Unreachable.guard(request.uri(), () -> http.send(request, BodyHandlers.ofString()));
    }
}
