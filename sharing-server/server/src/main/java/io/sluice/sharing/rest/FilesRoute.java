package io.sluice.sharing.rest;

import io.sluice.sharing.files.GatewayAnswer;
import io.sluice.sharing.files.GatewayBody;
import io.sluice.sharing.files.GatewayRequest;
import io.sluice.sharing.files.GatewayRequest.Method;
import io.sluice.sharing.files.RangeGateway;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The gateway at {@code /files/{token}}. Store and crypto block, so each segment is read on a worker thread; the next
 * one is asked for only when the connection has taken the last, which bounds the memory of a slow reader to two
 * segments. A failure after the first byte resets the connection: with the length announced, no client takes what it
 * has for a whole file.
 */
public final class FilesRoute implements Handler<RoutingContext> {
    private static final System.Logger LOG = System.getLogger(FilesRoute.class.getName());

    private final RangeGateway gateway;
    private final Function<RoutingContext, InetAddress> clients;

    /** @param clients tells where a request comes from */
    public FilesRoute(RangeGateway gateway, Function<RoutingContext, InetAddress> clients) {
        this.gateway = gateway;
        this.clients = clients;
    }

    public void register(Router router) {
        router.route(HttpMethod.GET, "/files/:token").handler(this);
        router.route(HttpMethod.HEAD, "/files/:token").handler(this);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest http = context.request();
        GatewayRequest request = new GatewayRequest(
                http.method().equals(HttpMethod.HEAD) ? Method.HEAD : Method.GET,
                context.pathParam("token"),
                clients.apply(context),
                Optional.ofNullable(http.getHeader("Range")),
                Optional.ofNullable(http.getHeader("If-Range")),
                requestId(context));
        context.vertx()
                .executeBlocking(() -> gateway.answer(request), false)
                .onSuccess(answer -> begin(context, answer))
                .onFailure(failure -> {
                    LOG.log(System.Logger.Level.ERROR, "a file request failed", failure);
                    context.response().setStatusCode(500).end();
                });
    }

    /** The server has named the request in the answer's header before it came here. */
    private static String requestId(RoutingContext context) {
        return Objects.requireNonNullElse(context.response().headers().get("x-request-id"), "");
    }

    private static void begin(RoutingContext context, GatewayAnswer answer) {
        HttpServerResponse response = context.response();
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        Pump pump = new Pump(context.vertx(), response, answer.body());
        response.closeHandler(closed -> pump.stop());
        response.exceptionHandler(failure -> pump.stop());
        pump.next();
    }

    /** Moves one body to one connection. Its own steps run on the connection's event loop only. */
    private static final class Pump {
        private final Vertx vertx;
        private final HttpServerResponse response;
        private final GatewayBody body;
        private boolean isStopped;

        Pump(Vertx vertx, HttpServerResponse response, GatewayBody body) {
            this.vertx = vertx;
            this.response = response;
            this.body = body;
        }

        void next() {
            if (isStopped) return;
            vertx.executeBlocking(body::next, false).onSuccess(this::write).onFailure(this::breakOff);
        }

        /** Closing may wait for a read that is under way, so it goes to a worker as well. */
        void stop() {
            if (isStopped) return;
            isStopped = true;
            vertx.executeBlocking(
                    () -> {
                        body.close();
                        return true;
                    },
                    false);
        }

        private void write(Optional<byte[]> segment) {
            if (isStopped) return;
            if (segment.isEmpty()) {
                response.end();
                stop();
                return;
            }
            response.write(Buffer.buffer(segment.get()));
            if (response.writeQueueFull()) response.drainHandler(drained -> next());
            else next();
        }

        private void breakOff(Throwable failure) {
            LOG.log(System.Logger.Level.INFO, "a file answer was broken off: {0}", failure.getMessage());
            stop();
            response.reset();
        }
    }
}
