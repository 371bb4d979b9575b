package io.sluice.simulation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sluice.sharder.placement.Policy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficSimulationTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(
            strings = {"restart", "restart-no-surge", "restart-quarter", "zone-loss", "key-of-death", "flash-crowd"})
    void aClusterComesToRestAfterWhateverBefellIt(String trace) {
        Run.Outcome outcome = Run.of(scene(SEED), Traces.byName(trace));
        // At 60 % of the capacity, a tolerance of 10 % of it is a sixth of the mean.
        assertThat(outcome.endMax()).isLessThan(1.17 + 0.05);
        assertThat(outcome.unserved()).isLessThan(15);
    }

    @Test
    void aHotKeyIsAbsorbedWithinSeconds() {
        Run.Outcome outcome = Run.of(scene(SEED), Traces.byName("hot-3x"));
        assertThat(outcome.settledAfter()).isLessThanOrEqualTo(10);
        assertThat(outcome.churn()).isLessThan(0.4);
    }

    @Test
    void noPodRunsOutOfMemoryThoughATenantsKeysGrow() {
        Run.Scene scene = new Run.Scene(setup(SEED), 20_000, 0.9, Traces.WARM_UP_S + 660);
        assertThat(Run.of(scene, Traces.byName("memory-skew")).fullest()).isBetween(0.5, 1.0);
        // Who looks at requests alone keeps what grows where it is.
        assertThat(Run.of(scene, Traces.byName("memory-skew"), Rival.WEIGHTED_MOVE)
                        .fullest())
                .isGreaterThan(1);
    }

    @Test
    void aRollingRestartGoesUnnoticedWhereMemoryMovesAlong() {
        Run.Hits with = hitsThroughRestart(true);
        Run.Hits without = hitsThroughRestart(false);
        assertThat(with.worst()).isGreaterThan(0.98);
        assertThat(without.worst()).isLessThan(with.worst() - 0.02);
    }

    private static Run.Hits hitsThroughRestart(boolean transfers) {
        return Run.of(scene(SEED), Traces.cached(Traces.byName("restart"), 5_000, transfers))
                .hits();
    }

    @Test
    void oneSeedTellsOneStory() {
        Run.Outcome first = Run.of(scene(3), Traces.byName("drift-0.3"));
        Run.Outcome again = Run.of(scene(3), Traces.byName("drift-0.3"));
        assertThat(again.meanMax()).isEqualTo(first.meanMax());
        assertThat(again.churn()).isEqualTo(first.churn());
        assertThat(again.seenChurn()).isEqualTo(first.seenChurn());
    }

    @ParameterizedTest
    @EnumSource(Rival.class)
    void rivalsServeAllKeysThroughARestart(Rival rival) {
        Run.Outcome outcome = Run.of(scene(SEED), Traces.byName("restart"), rival);
        assertThat(outcome.unserved()).isLessThan(1);
        assertThat(outcome.churn()).isGreaterThan(1);
    }

    @Test
    void trueChurnIsWhatKeyByKeyComparisonFinds() {
        // The walk over both maps against a look at each key on its own.
        SplittableRandom random = new SplittableRandom(SEED);
        Keys keys = Keys.zipf(500, 0.5, random.split());
        Demand demand = new Demand(keys, 1_000, 0.1);
        for (int i = 0; i < 200; i++) {
            var before = RandomMaps.of(random);
            var after = RandomMaps.of(random);
            assertThat(TrueChurn.between(before, after, demand))
                    .isCloseTo(RandomMaps.churnByKey(before, after, demand), offset(1e-9));
        }
    }

    @Test
    void wrongCallsAreRefused() {
        assertThat(TrafficSimulation.run(List.of("--trace", "nonsense"))).isEqualTo(2);
        assertThat(TrafficSimulation.run(List.of("--rule", "nonsense"))).isEqualTo(2);
        assertThat(TrafficSimulation.run(List.of("--pods"))).isEqualTo(2);
        assertThat(TrafficSimulation.run(List.of("--pods", "many"))).isEqualTo(2);
    }

    private static Run.Scene scene(long seed) {
        return new Run.Scene(setup(seed), 5_000, 0.9, Traces.WARM_UP_S + 240);
    }

    private static Stage.Setup setup(long seed) {
        return new Stage.Setup(12, 3, 0.6, 100, 0.02, Policy.DEFAULT, seed);
    }
}
