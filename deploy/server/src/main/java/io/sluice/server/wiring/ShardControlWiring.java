package io.sluice.server.wiring;

import io.sluice.catalog.WrongPodException;
import io.sluice.model.failure.Failure;
import io.sluice.server.pods.Shards;
import io.sluice.sharder.load.HotKey;
import io.sluice.sharder.page.ShardPage;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.placement.PlacedSlice;
import io.sluice.sharder.store.ShardStore;
import io.sluice.sharder.store.StoreLostException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The operator's hand on the sharder. Several pods are steered through the store, which the assigner reads. */
public final class ShardControlWiring {
    @Produces
    @Singleton
    ShardControl shardControl(Shards shards) {
        return shards.store()
                .<ShardControl>map(store -> new Several(shards, store))
                .orElseGet(() -> new Alone(shards));
    }

    private record Several(Shards shards, ShardStore store) implements ShardControl {
        @Override
        public String page() {
            // The roll first: a map that is newer contradicts nothing in it.
            return ask(known -> {
                var roll = Optional.of(known.roll());
                return ShardPage.render(shards.target(), known.leader(), roll, known.map());
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
            return shards.board()
                    .map(board -> ShardControlWiring.heat(board, most))
                    .orElseThrow(this::atTheAssigner);
        }

        private RuntimeException atTheAssigner() {
            Optional<URI> assigner = ask(known -> known.leader()
                    .flatMap(leader -> known.roll().leases().stream()
                            .filter(lease -> lease.pod().name().equals(leader.name()))
                            .map(lease -> URI.create(lease.pod().address()))
                            .findFirst()));
            return assigner.<RuntimeException>map(WrongPodException::new)
                    .orElseGet(
                            () -> Failure.unavailable(null, "No pod assigns right now. Try again in a few seconds."));
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
            return ShardPage.render(shards.target(), Optional.empty(), Optional.empty(), shards.assignment());
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
            return shards.board()
                    .map(board -> ShardControlWiring.heat(board, most))
                    .orElseGet(() -> new Heat(List.of(), List.of()));
        }

        private static Failure nobodyElse() {
            return Failure.unsupported(
                    "This pod is alone and moves nothing. Several pods come with ./sluice cluster or sluice.pod.listen.");
        }
    }

    private static ShardControl.Heat heat(Board board, int most) {
        return new ShardControl.Heat(
                board.slices().stream()
                        .sorted(Comparator.comparingDouble(
                                        (PlacedSlice slice) -> slice.load().perSecond())
                                .reversed())
                        .limit(most)
                        .map(slice -> new ShardControl.HotSlice(
                                slice.slice(), slice.owner(), slice.load().perSecond()))
                        .toList(),
                board.slices().stream()
                        .flatMap(slice -> slice.load().hotKeys().stream())
                        .sorted(Comparator.comparingDouble(HotKey::atLeast).reversed())
                        .limit(most)
                        .map(key -> new ShardControl.HotKey(key.key(), key.atLeast()))
                        .toList());
    }
}
