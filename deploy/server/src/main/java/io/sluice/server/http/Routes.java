package io.sluice.server.http;

import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.rest.DeltaErrors;
import io.sluice.catalog.rest.UnityErrors;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.sluice.server.observe.RouteMeter;
import io.sluice.server.observe.RouteMeters;
import io.sluice.server.observe.Traces;
import io.sluice.sharing.wire.SharingErrors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in front of the REST resources, in the order in which a request meets it. */
@Singleton
public final class Routes {
    private static final int FIRST = -1_000;
    private static final int BEFORE_BODIES = -950;
    private static final int BEFORE_RESOURCES = -900;
    private static final int AFTER_BODIES = -850;
    private static final String TABLES = "/api/2.1/unity-catalog/tables/";
    private static final String SHARING = "/delta-sharing";
    private static final String PARTS = "multipart/";
    private static final long MOST_BODY_BYTES = 10 * 1024 * 1024;
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    private final Metastores metastores;
    private final RouteMeters meters;
    private final Traces traces;
    private final RouteMeter tableMeter;
    private final FrontDoor door;

    Routes(Metastores metastores, RouteMeters meters, Traces traces, FrontDoor door) {
        this.metastores = metastores;
        this.door = door;
        this.meters = meters;
        this.traces = traces;
        this.tableMeter = meters.of("GET", TABLES + "{full_name}");
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::welcome);
        router.get(TABLES + ":name").order(BEFORE_RESOURCES).handler(this::tableFromMemory);
        // Read at once, so that a request that belongs to another pod can be sent on as it came.
        BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES);
        for (String face : List.of("/api/*", SHARING + "/*")) {
            router.route(face).order(BEFORE_BODIES).handler(Routes::refuseParts);
            router.route(face).order(BEFORE_RESOURCES).handler(body).failureHandler(Routes::tooLarge);
            router.route(face).order(AFTER_BODIES).handler(Routes::endEmptyBody);
        }
    }

    private void welcome(RoutingContext context) {
        door.passed(context);
        meters.observe(context);
        RequestIds.assign(context);
        traces.observe(context);
        context.next();
    }

    /**
     * The commonest request of all, answered on the event loop from bytes that are there already. Whatever memory alone
     * cannot answer goes on to the resource.
     */
    private void tableFromMemory(RoutingContext context) {
        try {
            byte @Nullable [] body = metastores.residentBody(
                    context.request().getHeader(HttpHeaders.AUTHORIZATION), TableName.parse(context.pathParam("name")));
            if (body == null) {
                context.next();
                return;
            }
            tableMeter.matched(context);
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(body));
        } catch (Failure e) {
            // A denial is written down, which must not be done on the event loop.
            if (e.kind() == FailureKind.DENIED) context.next();
            else refuseTable(context, e);
        }
    }

    private void refuseTable(RoutingContext context, Failure failure) {
        tableMeter.matched(context);
        refuse(context, failure);
    }

    /** Nobody here reads bodies in parts, and who waits for the end of a part that never comes waits for ever. */
    private static void refuseParts(RoutingContext context) {
        @Nullable String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.regionMatches(true, 0, PARTS, 0, PARTS.length())) context.next();
        else refuse(context, Failure.invalid("Bodies of type %s are not read here. Send JSON.", PARTS));
    }

    /** A body that was announced and came without a byte leaves nothing behind, and a resource would wait for it. */
    private static void endEmptyBody(RoutingContext context) {
        if (context.request().isEnded() && context.body().buffer() == null)
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        context.next();
    }

    private static void tooLarge(RoutingContext context) {
        if (context.statusCode() != 413) {
            context.next();
            return;
        }
        refuse(context, Failure.tooLarge("The body is larger than %d bytes. Send less at once.", MOST_BODY_BYTES));
    }

    private static void refuse(RoutingContext context, Failure failure) {
        String requestId = RequestIds.of(context);
        if (context.request().path().startsWith(SHARING)) {
            SharingErrors.Answer answer = SharingErrors.of(failure);
            context.response()
                    .setStatusCode(answer.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .end(Buffer.buffer(answer.body(requestId)));
        } else
            send(
                    context,
                    DeltaErrors.covers(context.request().path())
                            ? DeltaErrors.render(failure)
                            : UnityErrors.render(failure, requestId));
    }

    private static void send(RoutingContext context, Response answer) {
        var response = context.response().setStatusCode(answer.getStatus()).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        answer.getStringHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-type")) response.putHeader(name, values);
        });
        response.end(Buffer.buffer((byte[]) answer.getEntity()));
    }
}
