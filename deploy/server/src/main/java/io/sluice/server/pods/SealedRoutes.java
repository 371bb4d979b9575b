package io.sluice.server.pods;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where other pods ask. Whoever does not know the secret of the cluster can ask nothing; who overhears a question could put the very same one again. */
final class SealedRoutes {
    private static final Logger LOG = Logger.getLogger(SealedRoutes.class);
    private static final int LARGEST_MESSAGE_BYTES = 1 << 20;
    /** Before everything that is there for callers from outside. */
    private static final int FIRST = -2_000;

    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int NOT_UNDERSTOOD = 400;
    private static final int BROKEN = 500;

    private final Router router;
    private final PodSecret secret;

    SealedRoutes(Router router, PodSecret secret) {
        this.router = router;
        this.secret = secret;
    }

    /** @param answer for a message; on the event loop, so it is to be quick */
    void on(String path, UnaryOperator<byte[]> answer) {
        register(path, (context, message) -> answer(context, () -> answer.apply(message)));
    }

    /** @param answer for a message, on a thread where it may take its time */
    void onWorker(String path, UnaryOperator<byte[]> answer) {
        register(
                path,
                (context, message) -> context.vertx()
                        .executeBlocking(() -> answer.apply(message), false)
                        .onComplete(done -> answer(context, () -> {
                            if (done.cause() instanceof RuntimeException e) throw e;
                            return done.result();
                        })));
    }

    private void register(String path, BiConsumer<RoutingContext, byte[]> answer) {
        router.post(path)
                .order(FIRST)
                .handler(context -> whole(context, message -> {
                    @Nullable String seal = context.request().getHeader(SealedCalls.SEAL);
                    if (seal == null || !secret.isSeal(seal, path, message)) end(context, FORBIDDEN);
                    else answer.accept(context, message);
                }));
    }

    private static void answer(RoutingContext context, Supplier<byte[]> answer) {
        byte[] answered;
        try {
            answered = answer.get();
        } catch (IllegalArgumentException e) {
            end(context, NOT_UNDERSTOOD);
            return;
        } catch (RuntimeException e) {
            LOG.warnf(e, "no answer to %s", context.request().path());
            end(context, BROKEN);
            return;
        }
        context.response().end(Buffer.buffer(answered));
    }

    /** Nothing is kept of a body before its length is known to be small. */
    private static void whole(RoutingContext context, Consumer<byte[]> then) {
        Buffer body = Buffer.buffer();
        context.request()
                .handler(part -> {
                    if (body.length() + part.length() <= LARGEST_MESSAGE_BYTES) body.appendBuffer(part);
                    else if (!context.response().ended()) end(context, TOO_LARGE);
                })
                .endHandler(end -> {
                    if (!context.response().ended()) then.accept(body.getBytes());
                });
    }

    private static void end(RoutingContext context, int status) {
        context.response().setStatusCode(status).end();
    }
}
