package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void noSeedFindsAKeyWithTwoOwnersOrOneThatStaysWithoutAny() {
        // The run itself judges after each step: maps cover, generations grow, and no key is owned twice.
        for (long seed = 1; seed <= 200; seed++) {
            try {
                World.Report report = new World(seed, 4).run(1);
                assertThat(report.faults()).isPositive();
                assertThat(report.generations()).isPositive();
            } catch (AssertionError broken) {
                throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    @Test
    void aSeedRepeatsItsRun() {
        assertThat(new World(7, 5).run(2)).isEqualTo(new World(7, 5).run(2));
    }

    @Test
    void aSeedInDenseTroubleRepeatsItsRunToo() {
        assertThat(dense(41)).isEqualTo(dense(41));
    }

    private static World.Report dense(long seed) {
        return new World(seed, 4, Trouble.DENSE, World.SMALL).run(1);
    }

    @Test
    void aKeyThatCrashesItsPodsIsCutOutAndStopsTravelling() {
        PoisonedKey found = PoisonedKey.of(77, 8, 5, 20);
        assertThat(found.podsLost()).isBetween(2, 4);
        assertThat(found.slice().low()).isEqualTo(found.slice().last());
        assertThat(found.longestGapSeconds()).isZero();
    }

    @Test
    void aClusterBalancesByTheLoadThatItsPodsTell() {
        BigCluster cluster = BigCluster.of(1, 20, 100_000, 0.9, 30);
        assertThat(cluster.endMax()).isLessThan(cluster.firstMax());
        assertThat(cluster.crashSeconds()).isLessThan(5);
    }

    @Test
    void aWrongCallIsToldWhatWouldBeRight() {
        assertThat(Simulation.run(List.of("--pods", "many"))).isEqualTo(2);
        assertThat(Simulation.run(List.of("--speed", "3"))).isEqualTo(2);
        assertThat(Simulation.run(List.of("--seeds", "2", "--minutes", "1"))).isZero();
    }
}
