package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Generation;
import io.sluice.sharder.SliceKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * One fault at a time in a world that is well otherwise, in virtual time. After each step the world itself judges that no
 * key has two owners and no pod reads what has been overwritten.
 */
class FaultsTest {
    private static final int SEEDS = 20;
    private static final int PODS = 5;
    private static final int STORM = 200;

    @Test
    void whatAKilledPodHadIsServedByOthersWithinFiveSeconds() {
        inEachWorld(world -> assertThat(world.secondsToReassign()).isLessThanOrEqualTo(5));
    }

    @Test
    void nobodyStopsServingWhileNoAssignerLives() {
        inEachWorld(world -> {
            world.settle();
            Generation before = world.map().generation();
            world.assigners().forEach(SimulatedAssigner::crash);

            always(world, seconds(60), () -> isAllServed(world));
            assertThat(world.map().generation()).isEqualTo(before);
        });
    }

    @Test
    void anotherAssignerTakesOverWithinFiveSeconds() {
        inEachWorld(world -> assertThat(world.secondsToTakeOver()).isLessThanOrEqualTo(5));
    }

    @Test
    void aPodThatIsKilledWithItsAssignerIsReplacedOnceThereIsAnotherOne() {
        inEachWorld(world -> {
            world.settle();
            acting(world).crash();
            world.pods().get(0).crash();

            within(world, seconds(10), () -> isAllServed(world));
        });
    }

    @Test
    void aPodThatIsCutOffFromItsAssignerServesOnUnderItsLease() {
        inEachWorld(world -> {
            world.settle();
            SimulatedPod pod = world.pods().get(0);
            List<SliceKey> held = heldBy(world, pod);
            world.faults().cutOff(pod);

            always(world, seconds(30), () -> held.stream().allMatch(pod::owns));
        });
    }

    @Test
    void aPodThatIsCutOffFromTheStoreRefusesByItselfAndOthersTakeOver() {
        inEachWorld(world -> {
            world.settle();
            SimulatedPod pod = world.pods().get(0);
            List<SliceKey> held = heldBy(world, pod);
            world.faults().cutOffFromStore(pod);

            within(world, seconds(3), () -> held.stream().noneMatch(pod::owns));
            within(world, seconds(3), () -> isAllServed(world));
            assertThat(held).noneMatch(pod::owns);
        });
    }

    @Test
    void podsThatCannotReachEachOtherAreWaitedForAndThenWrittenWithout() {
        inEachWorld(world -> {
            world.readAndWrite();
            world.settle();
            SimulatedPod owner = world.ownerOf(Register.KEY).orElseThrow();
            world.pods().stream().filter(pod -> pod != owner).forEach(world.faults()::cutOff);
            long before = world.written();

            // Loans that nobody can give back run out, and with them what writes have to wait for.
            within(world, seconds(10), () -> world.written() > before + 3);
        });
    }

    @Test
    void aPodThatSleepsForHalfAMinuteWakesUpOwningNothing() {
        inEachWorld(world -> {
            world.settle();
            SimulatedPod pod = world.pods().get(0);
            List<SliceKey> held = heldBy(world, pod);
            long asleepNanos = world.nowNanos();
            pod.pause(seconds(30));

            within(world, seconds(6), () -> isAllServed(world));
            world.runUntil(asleepNanos + seconds(30));
            assertThat(held).noneMatch(pod::owns);
            // Soon it is as good as any other.
            world.runUntil(asleepNanos + seconds(35));
            world.pods().stream().filter(other -> other != pod).forEach(SimulatedPod::crash);
            within(world, seconds(10), () -> isAllServed(world));
        });
    }

    @Test
    void aPodWhoseClockRunsFivePercentFastOrSlowNeverOwnsWhatAnotherOwns() {
        for (double rate : List.of(1.05, 0.95))
            inEachWorldWithExactClocks(world -> {
                world.settle();
                SimulatedPod wrong = world.join(rate);
                world.pods().stream().skip(1).filter(other -> other != wrong).forEach(SimulatedPod::drain);
                within(world, seconds(20), () -> !heldBy(world, wrong).isEmpty());
                world.faults().cutOffFromStore(wrong);

                world.runUntil(world.nowNanos() + seconds(10));
                assertThat(isAllServed(world)).isTrue();
            });
    }

    @Test
    void anAssignerWhoseClockRunsFivePercentFastOrSlowGivesNothingAwayTooSoon() {
        for (double rate : List.of(1.05, 0.95))
            inEachWorldWithExactClocks(world -> {
                world.settle();
                world.restartAssigners(rate);
                world.runUntil(world.nowNanos() + seconds(10));
                world.faults().cutOffFromStore(world.pods().get(0));

                world.runUntil(world.nowNanos() + seconds(10));
                assertThat(isAllServed(world)).isTrue();
            });
    }

    @Test
    void aStoreThatFailsOverWithinASecondIsNotNoticed() {
        inEachWorld(world -> {
            world.settle();
            Generation before = world.map().generation();
            world.faults().storeIsAway(true);
            always(world, seconds(1), () -> isAllServed(world));
            world.faults().storeIsAway(false);

            always(world, seconds(20), () -> isAllServed(world));
            assertThat(world.map().generation()).isEqualTo(before);
        });
    }

    @Test
    void withoutAStoreEverybodyRefusesAndWithItEverybodyServes() {
        inEachWorld(world -> {
            world.settle();
            world.faults().storeIsAway(true);
            within(world, seconds(4), () -> isNothingServed(world));
            always(world, seconds(10), () -> isNothingServed(world));
            world.faults().storeIsAway(false);

            within(world, seconds(10), () -> isAllServed(world));
        });
    }

    @Test
    void whenAllStreamsBreakAtOnceAllComeBackAndNothingMoves() {
        long seed = 91;
        World world = new World(seed, STORM, Trouble.NORMAL, World.SMALL);
        world.runCalmly(seconds(40));
        Generation before = world.map().generation();
        world.pods().forEach(acting(world)::cut);
        world.runCalmly(seconds(1));

        for (int second = 0; second < 20; second++) {
            world.runCalmly(seconds(1));
            assertThat(isAllServed(world)).as("seed %d", seed).isTrue();
        }
        assertThat(world.map().generation()).as("seed %d", seed).isEqualTo(before);
        assertThat(acting(world).streams()).as("seed %d", seed).isEqualTo(STORM);
    }

    @Test
    void ofTwoAssignersThatBothBelieveOneDecides() {
        inEachWorld(world -> {
            world.settle();
            SimulatedAssigner former = acting(world);
            former.pause(seconds(8));
            within(
                    world,
                    seconds(7),
                    () -> world.assigners().stream()
                            .allMatch(each ->
                                    each.isInOffice() && !each.assignment().isEmpty()));
            world.pods().get(0).crash();

            within(world, seconds(10), () -> !former.isInOffice());
            within(world, seconds(10), () -> isAllServed(world));
        });
    }

    private static void inEachWorld(Consumer<World> story) {
        for (long seed = 1; seed <= SEEDS; seed++)
            tell(seed, new World(seed, PODS, Trouble.NORMAL, World.SMALL), story);
    }

    private static void inEachWorldWithExactClocks(Consumer<World> story) {
        for (long seed = 1; seed <= SEEDS; seed++) tell(seed, World.withExactClocks(seed, PODS), story);
    }

    private static void tell(long seed, World world, Consumer<World> story) {
        try {
            story.accept(world);
        } catch (AssertionError broken) {
            throw new AssertionError("broken by seed " + seed + ": " + broken.getMessage(), broken);
        }
    }

    private static void within(World world, long nanos, BooleanSupplier holds) {
        long endNanos = world.nowNanos() + nanos;
        while (!holds.getAsBoolean() && world.nowNanos() < endNanos) step(world);
        assertThat(holds.getAsBoolean())
                .as("after %d ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                .isTrue();
    }

    private static void always(World world, long nanos, BooleanSupplier holds) {
        long endNanos = world.nowNanos() + nanos;
        while (world.nowNanos() < endNanos) {
            step(world);
            assertThat(holds.getAsBoolean()).isTrue();
        }
    }

    private static void step(World world) {
        world.runUntil(world.nowNanos() + TimeUnit.MILLISECONDS.toNanos(20));
    }

    private static boolean isAllServed(World world) {
        return world.map().tenures().stream()
                .allMatch(tenure -> world.ownerOf(tenure.slice().low()).isPresent());
    }

    private static boolean isNothingServed(World world) {
        return world.map().tenures().stream()
                .noneMatch(tenure -> world.ownerOf(tenure.slice().low()).isPresent());
    }

    private static List<SliceKey> heldBy(World world, SimulatedPod pod) {
        return world.map().tenures().stream()
                .map(tenure -> tenure.slice().low())
                .filter(pod::owns)
                .toList();
    }

    private static SimulatedAssigner acting(World world) {
        return world.assigners().stream()
                .filter(SimulatedAssigner::isInOffice)
                .findFirst()
                .orElseThrow();
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
