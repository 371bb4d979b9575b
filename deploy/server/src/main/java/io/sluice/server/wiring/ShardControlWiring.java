package io.sluice.server.wiring;

import io.sluice.catalog.store.Database;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.page.StorePage;
import io.sluice.sharder.store.JdbcShardStore;
import io.sluice.sharder.store.ShardStore;
import io.sluice.sharder.store.StoreLostException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The operator's hand on the sharder. Several pods are steered through the store, which the assigner reads. */
public final class ShardControlWiring {
    private static final Duration PATIENCE = Duration.ofSeconds(ShardStore.PATIENCE_SECONDS);

    @Produces
    @Singleton
    ShardControl shardControl(SluiceConfig config, Database database, Shards shards, Clock clock) {
        if (config.pod().listen().isEmpty()) return new Alone(shards);
        return new Several(shards, new JdbcShardStore(database.apart(1, PATIENCE), shards.target(), clock));
    }

    private record Several(Shards shards, ShardStore store) implements ShardControl {
        @Override
        public String page() {
            // The roll first: a map that is newer contradicts nothing in it.
            return ask(known -> {
                var roll = Optional.of(known.roll());
                return StorePage.render(shards.target(), known.leader(), roll, known.map());
            });
        }

        @Override
        public void freeze(boolean isFrozen) {
            ask(known -> {
                known.freeze(isFrozen);
                return isFrozen;
            });
        }

        @Override
        public boolean drain(String pod, boolean isDrained) {
            return ask(known -> known.drain(pod, isDrained));
        }

        @Override
        public Heat heat(int most) {
            throw notMeasured();
        }

        private <T> T ask(Function<ShardStore, T> question) {
            try {
                return question.apply(store);
            } catch (StoreLostException e) {
                throw Failure.unavailable(e, "The metadata store cannot be reached. Try again.");
            }
        }
    }

    private record Alone(Shards shards) implements ShardControl {
        @Override
        public String page() {
            return StorePage.render(shards.target(), Optional.empty(), Optional.empty(), shards.assignment());
        }

        @Override
        public void freeze(boolean isFrozen) {
            throw nobodyElse();
        }

        @Override
        public boolean drain(String pod, boolean isDrained) {
            throw nobodyElse();
        }

        @Override
        public Heat heat(int most) {
            throw notMeasured();
        }

        private static Failure nobodyElse() {
            return Failure.unsupported(
                    "This pod is alone and moves nothing. Several pods come with ./sluice cluster or sluice.pod.listen.");
        }
    }

    private static Failure notMeasured() {
        return Failure.unsupported("Load is not measured by this version. Look at the metrics of each pod.");
    }
}
