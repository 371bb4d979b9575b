package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void noSeedFindsAKeyWithTwoOwnersOrOneThatStaysWithoutAnyOrALoanThatOutlivesAWrite() {
        // The run itself judges after each step: maps cover, generations grow, no key is owned twice, and what a pod
        // would answer from a loan is what has been committed.
        for (long seed = 1; seed <= 200; seed++) {
            try {
                World.Report report = new World(seed, 4).runWithReaders(1);
                assertThat(report.faults()).isPositive();
                assertThat(report.generations()).isPositive();
            } catch (AssertionError broken) {
                throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    @Test
    void aSeedRepeatsItsRun() {
        assertThat(new World(7, 5).runWithReaders(2)).isEqualTo(new World(7, 5).runWithReaders(2));
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
        long seed = 5;
        BigCluster cluster = BigCluster.of(seed, 50, 1_000_000, 0.99, 40);
        assertThat(cluster.firstMax()).as("seed %d", seed).isGreaterThan(2);
        assertThat(cluster.endMax()).as("seed %d", seed).isLessThan(1.2);
        assertThat(cluster.crashSeconds()).as("seed %d", seed).isLessThan(5);
        assertThat(cluster.replaceSeconds()).as("seed %d", seed).isLessThan(10);
        assertThat(cluster.replacedMax()).as("seed %d", seed).isLessThan(1.2);
    }

    @Test
    void aWrongCallIsToldWhatWouldBeRight() {
        assertThat(Simulation.run(List.of("--pods", "many"))).isEqualTo(2);
        assertThat(Simulation.run(List.of("--speed", "3"))).isEqualTo(2);
        assertThat(Simulation.run(List.of("--seeds", "2", "--minutes", "1"))).isZero();
    }
}
