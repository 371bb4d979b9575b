package io.sluice.server.wiring;

import io.sluice.model.failure.Failure;
import io.sluice.sharder.page.ShardView;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The operator's hand on the sharder. */
public final class ShardControlWiring {
    @Produces
    @Singleton
    ShardControl shardControl() {
        return new NotSteered();
    }

    /** For an assigner that takes no orders. */
    private static final class NotSteered implements ShardControl {
        @Override
        public ShardView view() {
            throw unsupported("shows no page");
        }

        @Override
        public void freeze(boolean isFrozen) {
            throw unsupported("cannot be frozen");
        }

        @Override
        public boolean isFrozen() {
            return false;
        }

        @Override
        public boolean drain(String pod, boolean isDrained) {
            throw unsupported("drains no pods");
        }

        @Override
        public Heat heat(int most) {
            throw unsupported("measures no load");
        }

        private static Failure unsupported(String what) {
            return Failure.unsupported("The assigner of this version %s. Use the shard map.", what);
        }
    }
}
