package io.sluice.server.pods;

import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.loan.LoanDesk;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where other pods borrow, recall and restore. Answered on the event loop: all of it is memory. */
@Singleton
public final class LoanRoutes {
    static final byte GIVEN_BACK = 1;
    private static final byte NOT_GIVEN_BACK = 0;
    private static final int LARGEST_MESSAGE_BYTES = 1 << 20;
    /** Before everything that is there for callers from outside. */
    private static final int FIRST = -2_000;

    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int NOT_UNDERSTOOD = 400;

    private final SluiceConfig config;
    private final Shards shards;

    LoanRoutes(SluiceConfig config, Shards shards) {
        this.config = config;
        this.shards = shards;
    }

    void register(@Observes Router router) {
        shards.loans().ifPresent(desk -> {
            PodSecret secret = PodSecret.read(config.pod());
            on(router, secret, desk, LoanWire.Kind.BORROW, LoanRoutes::borrow);
            on(router, secret, desk, LoanWire.Kind.RECALL, LoanRoutes::recall);
            on(router, secret, desk, LoanWire.Kind.RESTORE, LoanRoutes::restore);
        });
    }

    private static byte[] borrow(LoanDesk desk, byte[] message) {
        return LoanWire.write(desk.lend(LoanWire.borrow(message)));
    }

    private static byte[] recall(LoanDesk desk, byte[] message) {
        return new byte[] {desk.giveBack(LoanWire.recall(message)) ? GIVEN_BACK : NOT_GIVEN_BACK};
    }

    private static byte[] restore(LoanDesk desk, byte[] message) {
        desk.restored(LoanWire.over(message));
        return new byte[0];
    }

    private static void on(
            Router router,
            PodSecret secret,
            LoanDesk desk,
            LoanWire.Kind kind,
            BiFunction<LoanDesk, byte[], byte[]> answer) {
        router.post(kind.path)
                .order(FIRST)
                .handler(context -> whole(context, body -> {
                    @Nullable String seal = context.request().getHeader(LoanWire.SEAL);
                    if (seal == null || !secret.isSeal(seal, kind.path, body)) end(context, FORBIDDEN);
                    else answer(context, desk, body, answer);
                }));
    }

    private static void answer(
            RoutingContext context, LoanDesk desk, byte[] body, BiFunction<LoanDesk, byte[], byte[]> answer) {
        byte[] answered;
        try {
            answered = answer.apply(desk, body);
        } catch (IllegalArgumentException e) {
            end(context, NOT_UNDERSTOOD);
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
