package io.sluice.server.http;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.rest.DeltaErrors;
import io.sluice.catalog.rest.UnityErrors;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What stands in front of the REST resources, in the order in which a request meets it. */
@Singleton
public final class Routes {
    private static final int FIRST = -1_000;
    private static final int BEFORE_RESOURCES = -900;
    private static final String TABLES = "/api/2.1/unity-catalog/tables/";
    private static final long MOST_BODY_BYTES = 10 * 1024 * 1024;
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    private final Tables tables;

    Routes(Governance governance) {
        this.tables = governance.tables();
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(RequestIds::assign);
        router.get(TABLES + ":name").order(BEFORE_RESOURCES).handler(this::tableFromMemory);
        // Read at once, so that a request that belongs to another pod can be sent on as it came.
        router.route("/api/*")
                .order(BEFORE_RESOURCES)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
                .failureHandler(Routes::tooLarge);
    }

    /**
     * The commonest request of all, answered on the event loop from bytes that are there already. Whatever memory alone
     * cannot answer goes on to the resource.
     */
    private void tableFromMemory(RoutingContext context) {
        try {
            byte @Nullable [] body = tables.residentBody(
                    context.request().getHeader(HttpHeaders.AUTHORIZATION), TableName.parse(context.pathParam("name")));
            if (body == null) {
                context.next();
                return;
            }
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(body));
        } catch (Failure e) {
            // A denial is written down, which must not be done on the event loop.
            if (e.kind() == FailureKind.DENIED) context.next();
            else send(context, UnityErrors.render(e, RequestIds.of(context)));
        }
    }

    private static void tooLarge(RoutingContext context) {
        if (context.statusCode() != 413) {
            context.next();
            return;
        }
        Failure failure = Failure.tooLarge("The body is larger than %d bytes. Send less at once.", MOST_BODY_BYTES);
        send(
                context,
                DeltaErrors.covers(context.request().path())
                        ? DeltaErrors.render(failure)
                        : UnityErrors.render(failure, RequestIds.of(context)));
    }

    private static void send(RoutingContext context, Response answer) {
        var response = context.response().setStatusCode(answer.getStatus()).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        answer.getStringHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-type")) response.putHeader(name, values);
        });
        response.end(Buffer.buffer((byte[]) answer.getEntity()));
    }
}
