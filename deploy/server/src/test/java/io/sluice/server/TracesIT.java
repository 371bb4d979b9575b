package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of OpenTelemetry's is sent, read by the numbers of its protocol's fields. */
class TracesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CATALOGS = "/api/2.1/unity-catalog/catalogs";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final List<Span> SPANS = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path data;

    private static HttpServer collector;
    private static PackagedServer server;

    /** @param parent empty for the first of a trace */
    private record Span(String trace, String id, String parent, String name, String text) {}

    @BeforeAll
    static void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            spans(UnknownFieldSet.parseFrom(exchange.getRequestBody())).forEach(SPANS::add);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        server = PackagedServer.start(
                data,
                List.of("-Dsluice.traces.endpoint=http://127.0.0.1:%d/v1/traces"
                        .formatted(collector.getAddress().getPort())),
                "--empty");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        collector.stop(0);
    }

    @Test
    void aWriteIsOneTraceWithWhoeverSentItAndWithTheStore() throws Exception {
        var answer = server.send(
                "POST", CATALOGS, "{\"name\":\"traced\"}", "traceparent", "00-%s-%s-01".formatted(TRACE, SENDER));
        assertThat(answer.status()).isEqualTo(200);

        Span request = await("POST " + CATALOGS, TRACE);
        assertThat(request.parent).isEqualTo(SENDER);
        assertThat(request.text)
                .contains("http.response.status_code")
                .contains(answer.response().headers().firstValue("x-request-id").orElseThrow());
        assertThat(await("store write", TRACE).parent).isEqualTo(request.id);
    }

    @Test
    void aRequestThatComesInNoTraceBeginsOneUnderItsRoute() throws Exception {
        assertThat(server.get(CATALOGS + "/nobody-made-this").status()).isEqualTo(404);
        Span request = await("GET " + CATALOGS + "/{name}", null);
        assertThat(request.parent).isEmpty();
        assertThat(request.trace).isNotEqualTo(TRACE);
    }

    @Test
    void whoeverSentARequestMayHaveDecidedAgainstATrace() throws Exception {
        String unsampled = TRACE.replace('4', '5');
        server.send("GET", CATALOGS, "", "traceparent", "00-%s-%s-00".formatted(unsampled, SENDER));
        server.send("GET", CATALOGS, "", "traceparent", "00-%s-%s-01".formatted(TRACE.replace('4', '6'), SENDER));
        await("GET " + CATALOGS, TRACE.replace('4', '6'));
        assertThat(SPANS).noneMatch(span -> span.trace.equals(unsampled));
    }

    private static Span await(String name, String trace) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Span> found = SPANS.stream()
                    .filter(span -> span.name.equals(name) && (trace == null || span.trace.equals(trace)))
                    .findFirst();
            if (found.isPresent()) return found.get();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("no span " + name + " among " + SPANS);
    }

    /** ExportTraceServiceRequest: resource_spans 1, scope_spans 2, spans 2. */
    private static Stream<Span> spans(UnknownFieldSet request) {
        return messages(request, 1)
                .flatMap(resource -> messages(resource, 2))
                .flatMap(scope -> messages(scope, 2))
                .map(span -> new Span(
                        hex(span, 1),
                        hex(span, 2),
                        hex(span, 4),
                        span.getField(5).getLengthDelimitedList().get(0).toStringUtf8(),
                        span.toByteString().toStringUtf8()));
    }

    private static Stream<UnknownFieldSet> messages(UnknownFieldSet in, int field) {
        return in.getField(field).getLengthDelimitedList().stream().map(bytes -> {
            try {
                return UnknownFieldSet.parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String hex(UnknownFieldSet span, int field) {
        return span.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
                .findFirst()
                .orElse("");
    }
}
