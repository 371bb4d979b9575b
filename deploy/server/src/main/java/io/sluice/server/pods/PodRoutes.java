package io.sluice.server.pods;

import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.loan.LoanDesk;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What a pod of a cluster answers to the others: they borrow, recall and restore, and ask what is warm. */
@Singleton
public final class PodRoutes {
    static final byte GIVEN_BACK = 1;
    private static final byte NOT_GIVEN_BACK = 0;

    private final SluiceConfig config;
    private final Shards shards;

    PodRoutes(SluiceConfig config, Shards shards) {
        this.config = config;
        this.shards = shards;
    }

    void register(@Observes Router router) {
        shards.loans().ifPresent(desk -> register(new SealedRoutes(router, PodSecret.read(config.pod())), desk));
    }

    private void register(SealedRoutes routes, LoanDesk desk) {
        routes.on(LoanWire.BORROW, message -> LoanWire.write(desk.lend(LoanWire.borrow(message))));
        routes.on(LoanWire.RECALL, message ->
                new byte[] {desk.giveBack(LoanWire.recall(message)) ? GIVEN_BACK : NOT_GIVEN_BACK});
        routes.on(LoanWire.RESTORE, message -> {
            desk.restored(LoanWire.over(message));
            return new byte[0];
        });
        routes.onWorker(WarmWire.WARM, message -> WarmWire.write(shards.warm(WarmWire.slices(message))));
    }
}
