package io.sluice.server.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.catalog.WrongPodException;
import io.sluice.catalog.store.Timeline;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.Addresses;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.observe.Traces;
import io.sluice.server.pods.Shards;
import io.sluice.server.pods.TableIndexes;
import io.sluice.sharder.Resource;
import io.sluice.sharder.balance.Balancer;
import io.sluice.sharder.balance.Candidate;
import io.sluice.sharder.balance.Outcome;
import io.sluice.sharder.balance.Pick;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request on to the pod that owns what it asks for, once. The caller's own token travels along, so the owner
 * decides by itself; a request that has been sent on before and still does not belong here is told to come again.
 */
@Singleton
public final class Forwarding {
    static final String HEADER = "x-sluice-forwarded";
    /** Names the owner to a pod that sent on to another. */
    private static final String OWNER = "x-sluice-owner";

    private static final int MISDIRECTED = 421;
    private static final int MOST_ATTEMPTS = 4;
    /** A map is some milliseconds old, on a busy machine more. */
    private static final Duration MOVING_PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);
    /** Headers that belong to one connection, or that the client sets itself. */
    private static final Set<String> NOT_COPIED = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "keep-alive");

    private final CurrentVertxRequest current;
    private final RequestIds requestIds;
    private final ClientAddresses clients;
    private final Traces traces;
    private final SluiceConfig config;
    private final Addresses addresses;
    private final Shards shards;
    private final TableIndexes indexes;
    private final Balancer pods = Balancer.inZone("");
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    Forwarding(
            CurrentVertxRequest current,
            RequestIds requestIds,
            ClientAddresses clients,
            Traces traces,
            SluiceConfig config,
            Addresses addresses,
            Shards shards,
            TableIndexes indexes) {
        this.shards = shards;
        this.indexes = indexes;
        this.config = config;
        this.addresses = addresses;
        this.current = current;
        this.requestIds = requestIds;
        this.clients = clients;
        this.traces = traces;
    }

    /** Whether the present request has come by another pod. */
    public boolean isSentOn() {
        return current.getCurrent().request().getHeader(HEADER) != null;
    }

    Response forward(WrongPodException elsewhere) {
        RoutingContext context = current.getCurrent();
        // Whoever sent it on had an older map. It is told, and tries the right pod itself: nothing is passed on twice.
        if (context.request().getHeader(HEADER) != null)
            return Response.status(MISDIRECTED).header(OWNER, elsewhere.owner()).build();
        WrongPodException at = elsewhere;
        long deadlineNanos = System.nanoTime() + MOVING_PATIENCE.toNanos();
        for (int attempt = 0; attempt < MOST_ATTEMPTS || System.nanoTime() - deadlineNanos < 0; attempt++) {
            Optional<HttpResponse<InputStream>> answer = sendToOneOf(at, context);
            Optional<String> better = answer.flatMap(a -> a.headers().firstValue(OWNER));
            if (answer.isPresent() && (answer.get().statusCode() != MISDIRECTED || better.isEmpty()))
                return answer(answer.get());
            if (answer.isEmpty()) LockSupport.parkNanos(PAUSE.toNanos());
            // Who does not listen any more has left, and our own map will tell soon who answers instead.
            at = new WrongPodException(better.map(URI::create).orElseGet(this::self));
        }
        throw Failure.unavailable(null, "What was asked for is moving between pods. Try again.");
    }

    private URI self() {
        return config.pod().address().orElseGet(addresses::http);
    }

    /** Of two that could answer to the one that is less busy and quicker. */
    private Optional<HttpResponse<InputStream>> sendToOneOf(WrongPodException elsewhere, RoutingContext context) {
        List<Candidate> able = Stream.concat(Stream.of(elsewhere.owner()), elsewhere.readers().stream())
                .map(pod -> Candidate.of(new Resource(pod.toString(), pod.toString(), 1)))
                .toList();
        Pick pick = pods.pick(pods.group(able, System.nanoTime()), System.nanoTime());
        Outcome outcome = Outcome.FAILED;
        try {
            Optional<HttpResponse<InputStream>> answer =
                    send(URI.create(pick.pod().address()), context);
            if (answer.isPresent()) outcome = Outcome.ANSWERED;
            return answer;
        } finally {
            pick.done(outcome, System.nanoTime());
        }
    }

    /** Empty when nobody listens there, so that nothing was sent. */
    private Optional<HttpResponse<InputStream>> send(URI owner, RoutingContext context) {
        HttpRequest.Builder copy = copy(owner, context.request(), context);
        // The trace goes on from this stretch, not from what the caller sent.
        try (Timeline.Stretch ignored = traces.send("forward", copy::setHeader)) {
            HttpResponse<InputStream> answer = client.send(copy.build(), HttpResponse.BodyHandlers.ofInputStream());
            tell(owner, true);
            return Optional.of(answer);
        } catch (ConnectException e) {
            tell(owner, false);
            return Optional.empty();
        } catch (IOException e) {
            if (e instanceof HttpConnectTimeoutException) tell(owner, false);
            throw Failure.unavailable(e, "The pod that answers for this cannot be reached. Try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable(e, "The server is stopping. Try again.");
        }
    }

    /** The assigners find out by it that nobody gets through to a pod. */
    private void tell(URI pod, boolean didConnect) {
        shards.reached(pod, didConnect);
        indexes.reached(pod, didConnect);
    }

    private HttpRequest.Builder copy(URI owner, HttpServerRequest request, RoutingContext context) {
        @Nullable Buffer body = context.body() == null ? null : context.body().buffer();
        HttpRequest.Builder copy = HttpRequest.newBuilder(URI.create(owner + request.uri()))
                .timeout(ANSWER_PATIENCE)
                .method(
                        request.method().name(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body.getBytes()));
        request.headers().forEach((name, value) -> {
            if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT)) && !name.equalsIgnoreCase(PodVoucher.HEADER))
                copy.header(name, value);
        });
        clients.voucher(context).ifPresent(voucher -> copy.setHeader(PodVoucher.HEADER, voucher));
        return copy.header(HEADER, requestIds.current());
    }

    private static Response answer(HttpResponse<InputStream> answer) {
        Response.ResponseBuilder response = Response.status(answer.statusCode()).entity(answer.body());
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT)) && !name.equalsIgnoreCase(RequestIds.HEADER))
                values.forEach(value -> response.header(name, value));
        });
        return response.build();
    }
}
