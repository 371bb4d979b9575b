package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.slicelet.Holdings;
import io.sluice.sharder.store.MemoryShardStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantsTest {
    private static final Resource ONE = new Resource("one", "one:1", 1);
    private static final Resource OTHER = new Resource("other", "other:1", 1);

    private final Invariants invariants = new Invariants();

    @Test
    void twoThatServeOneKeyAreFound() {
        assertThatThrownBy(() -> check(List.of(serving(ONE, ONE, 1), serving(OTHER, OTHER, 2))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has two owners");
    }

    @Test
    void oneOwnerThatBothKnowIsInOrder() {
        assertThatCode(() -> check(List.of(serving(ONE, ONE, 1), serving(OTHER, ONE, 1))))
                .doesNotThrowAnyException();
    }

    @Test
    void aMapThatGoesBackIsFound() {
        FakeHolder pod = serving(ONE, ONE, 2);
        check(List.of(pod));
        pod.holdings = serving(ONE, ONE, 1).holdings;
        assertThatThrownBy(() -> check(List.of(pod))).hasMessageContaining("generation went back");
    }

    private void check(List<FakeHolder> pods) {
        invariants.check(new MemoryShardStore(1), pods);
    }

    private static FakeHolder serving(Resource self, Resource owner, long generation) {
        Generation since = new Generation(1, generation);
        Assignment map = new Assignment(since, List.of(new Tenure(Slice.ALL, owner, since, Hold.FIRM)));
        return new FakeHolder(new Holdings(map, self, Long.MAX_VALUE));
    }

    private static final class FakeHolder implements Holder {
        private Holdings holdings;

        FakeHolder(Holdings holdings) {
            this.holdings = holdings;
        }

        @Override
        public Resource self() {
            return holdings.self();
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public Holdings holdings() {
            return holdings;
        }

        @Override
        public boolean owns(SliceKey key) {
            return holdings.owns(key, 0) == Ownership.Answer.OWNED;
        }
    }
}
