package io.sluice.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that gives recorded answers and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {
    /** {@code request} is as in {@code GET /path?query}. */
    public record Asked(String request, String authorization, String body) {}

    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public static Answer json(String body) {
            return of(200, body);
        }

        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        public Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value), body);
        }
    }

    /** Answers what no recorded answer fits. */
    public interface Handler {
        Answer answer(Asked asked, HttpExchange exchange);
    }

    private final HttpServer server;
    private final Map<String, Answer> recorded = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public FakeServer() {
        this((asked, exchange) -> Answer.of(
                404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"Nothing recorded for " + asked.request() + "\"}"));
    }

    public FakeServer(Handler otherwise) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> respond(exchange, otherwise));
        server.start();
    }

    public FakeServer on(String request, Answer answer) {
        recorded.put(request, answer);
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return asked;
    }

    private void respond(HttpExchange exchange, Handler otherwise) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Asked question = new Asked(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    authorization == null ? "" : authorization,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(question);
            Answer known = recorded.get(question.request());
            Answer answer = known != null ? known : otherwise.answer(question, exchange);
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
