package io.sluice.sharder.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.LoadMeter;
import io.sluice.sharder.testkit.Maps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rounds in a small cluster: one hundred keys, spread evenly, and meters that are the product's own. */
class RoundMachineTest {
    private static final int KEYS = 100;
    private static final SliceKey HOT = key(50);
    private static final SliceKey UNKNOWN = new SliceKey(key(50).bits() + 987_654_321);
    private static final SliceKey DEADLY = new SliceKey(key(50).bits() + 123_456_789);

    private final RoundMachine machine = new RoundMachine(Policy.DEFAULT, 0, () -> true);
    private final Map<Resource, LoadMeter> meters = new LinkedHashMap<>();
    private final Map<Resource, Integer> units = new HashMap<>();
    private final Map<SliceKey, Integer> extra = new HashMap<>();
    private List<PodPlace> pods = Boards.pods(4, 2);
    private final NavigableMap<SliceKey, PlannedSlice> map = new TreeMap<>();
    private final Map<Resource, List<Slice>> held = new HashMap<>();
    private Churn churn = Churn.NONE;
    private boolean countsHalves;
    private int plans;
    private long second;

    @Test
    void theFirstPodsGetTheWholeKeySpaceAtOnce() {
        tell(new RoundEvent.Members(pods));
        assertThat(map.values().stream().map(PlannedSlice::owner))
                .containsAll(pods.stream().map(PodPlace::pod).toList());
    }

    @Test
    void nothingIsWrittenWhenNothingChanges() {
        begin();
        run(200);
        int before = plans;
        run(600);
        tell(new RoundEvent.Members(pods));
        assertThat(plans).isEqualTo(before);
    }

    @Test
    void aPodThatIsGoneIsReplacedInTheSameBreath() {
        begin();
        run(60);
        pods = pods.subList(1, 4);
        tell(new RoundEvent.Members(pods));
        assertThat(map.values().stream().map(PlannedSlice::owner)).doesNotContain(Maps.pod("pod-0"));
        assertThat(churn.removal()).isBetween(0.2, 0.3);
    }

    @Test
    void aHotKeyIsSpreadWithinSecondsWithoutWaitingForTheNextRound() {
        begin();
        run(300);
        extra.put(HOT, 300);
        run(3);
        PlannedSlice alone = sliceOf(HOT);
        assertThat(alone.slice().last()).isEqualTo(alone.slice().low());
        assertThat(alone.replicas()).isNotEmpty();
    }

    @Test
    void aHotKeyIsFoundThoughThePodsCountInSmallerPartsThanThePlanDoes() {
        // The plan joins neighbours on one pod; the map keeps them apart where their pasts differ, and so do the
        // meters.
        begin();
        run(300);
        countsHalves = true;
        held.clear();
        extra.put(UNKNOWN, 300);
        run(3);
        assertThat(sliceOf(UNKNOWN).slice().last())
                .isEqualTo(sliceOf(UNKNOWN).slice().low());
    }

    @Test
    void balancingKeepsToItsBudget() {
        // Pods of uneven speed draw and lose load all the time; an hour of it must not move more than the budget.
        begin();
        run(300);
        Churn before = churn;
        for (int minute = 0; minute < 60; minute++) {
            extra.clear();
            for (int i = 0; i < 20; i++) extra.put(key((minute * 31 + i) % KEYS), 2);
            run(60);
        }
        double moved = churn.balancing() - before.balancing() - (churn.unavoidable() - before.unavoidable());
        int minutes = 60 + RoundMachine.SAVED_MINUTES;
        assertThat(moved).isLessThanOrEqualTo(minutes * Policy.DEFAULT.churnPerMinute() + 1e-9);
    }

    @Test
    void aRolloutThatCountsInAnotherUnitMovesNothing() {
        // One pod after the other comes to count four times as much for the same work.
        pods = pods.stream()
                .map(pod -> PodPlace.serving(pod.pod(), pod.zone(), 10 * Boards.CAPACITY))
                .toList();
        begin();
        run(300);
        Churn before = churn;
        for (PodPlace pod : pods) {
            units.put(pod.pod(), 2);
            meters.put(pod.pod(), new LoadMeter(2, 1, nowNanos()));
            run(60);
        }
        assertThat(churn).isEqualTo(before);
        run(120);
        assertThat(churn).isEqualTo(before);
    }

    @Test
    void anotherMapCanBeAdopted() {
        begin();
        run(10);
        RoundMachine next = new RoundMachine(Policy.DEFAULT, nowNanos(), () -> true);
        next.on(new RoundEvent.Adopted(List.copyOf(map.values())), nowNanos());
        assertThat(next.on(new RoundEvent.Members(pods), nowNanos()).plan()).isEmpty();
        assertThat(next.board().slices())
                .extracting(PlacedSlice::slice)
                .isEqualTo(map.values().stream().map(PlannedSlice::slice).toList());
    }

    @Test
    void anAdoptedMapThatNamesWhoIsGoneIsMendedThoughTheMembersAreTheSame() {
        begin();
        List<PlannedSlice> former = map.values().stream()
                .map(slice -> new PlannedSlice(slice.slice(), Maps.pod("long-gone"), List.of()))
                .toList();
        tell(new RoundEvent.Adopted(former));
        tell(new RoundEvent.Members(pods));
        assertThat(map.values()).noneMatch(slice -> slice.owner().equals(Maps.pod("long-gone")));
    }

    @Test
    void aKeyThatKillsItsPodsIsCutOutAndStops() {
        // Whoever serves the key for a second crashes, and comes back ten seconds later under a new incarnation.
        pods = Boards.pods(8, 2);
        begin();
        run(60);
        Map<String, Long> backAt = new HashMap<>();
        Set<String> victims = new HashSet<>();
        for (int i = 0; i < 1_800; i++) {
            Resource victim = sliceOf(DEADLY).owner();
            if (isMember(victim)) {
                victims.add(victim.name());
                crash(victim);
                backAt.put(victim.name(), second + 10);
            }
            comeBack(backAt);
            run(1);
        }
        assertThat(victims).hasSizeLessThanOrEqualTo(5);
        assertThat(sliceOf(DEADLY).slice()).isEqualTo(Slice.closed(DEADLY, DEADLY));
        for (int i = 0; i < KEYS; i++)
            assertThat(isMember(sliceOf(key(i)).owner())).isTrue();
    }

    @Test
    void whatSurvivesItsTrialIsFree() {
        beginQuarantine();
        Resource guard = sliceOf(DEADLY).owner();
        run(200);
        pods = pods.stream().filter(place -> !place.pod().equals(guard)).toList();
        tell(new RoundEvent.Members(pods));
        assertThat(isMember(sliceOf(DEADLY).owner())).isTrue();
    }

    @Test
    void aGuardThatLeavesInPeaceIsFollowedByAnother() {
        beginQuarantine();
        Resource guard = sliceOf(DEADLY).owner();
        pods = pods.stream().filter(place -> !place.pod().equals(guard)).toList();
        tell(new RoundEvent.Members(pods));
        assertThat(isMember(sliceOf(DEADLY).owner())).isTrue();
    }

    @Test
    void aGuardThatCrashedAndStaysAwayIsReplacedInTheEnd() {
        beginQuarantine();
        crash(sliceOf(DEADLY).owner());
        run(60);
        assertThat(isMember(sliceOf(DEADLY).owner())).isTrue();
    }

    @Test
    void crashesWithAndWithoutARangeAreNotBlamedOnIt() {
        pods = Boards.pods(8, 2);
        begin();
        run(60);
        for (int i = 0; i < 4; i++) {
            Resource with = sliceOf(DEADLY).owner();
            crash(with);
            run(5);
            crash(pods.stream()
                    .map(PodPlace::pod)
                    .filter(pod -> !pod.equals(sliceOf(DEADLY).owner()))
                    .findFirst()
                    .orElseThrow());
            run(5);
            assertThat(isMember(sliceOf(DEADLY).owner())).isTrue();
            assertThat(held(sliceOf(DEADLY).owner())).hasSizeGreaterThan(1);
            comeBack(new HashMap<>(Map.of("late-" + i, 0L, "later-" + i, 0L)));
        }
    }

    @Test
    void oneBadPodIsNotBlamedOnItsSlices() {
        pods = Boards.pods(3, 1);
        begin();
        for (int i = 0; i < 6; i++) {
            crash(podNamed("pod-1"));
            comeBack(new HashMap<>(Map.of("pod-1", 0L)));
            run(20);
        }
        assertThat(map.values().stream().map(PlannedSlice::owner))
                .containsAll(pods.stream().map(PodPlace::pod).toList());
        assertThat(map.values().stream()
                        .filter(slice -> slice.owner().name().equals("pod-1"))
                        .count())
                .isGreaterThan(5);
    }

    // --- The cluster -------------------------------------------------------------------------------------------------

    /** Three crashes of whoever serves one key, and no others. */
    private void beginQuarantine() {
        pods = Boards.pods(8, 2);
        begin();
        run(60);
        for (int crash = 0; crash < Quarantine.ENOUGH; crash++) {
            crash(sliceOf(DEADLY).owner());
            run(5);
        }
    }

    private Resource podNamed(String name) {
        return pods.stream()
                .map(PodPlace::pod)
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void begin() {
        tell(new RoundEvent.Members(pods));
    }

    private void crash(Resource pod) {
        pods = pods.stream().filter(place -> !place.pod().equals(pod)).toList();
        meters.remove(pod);
        tell(new RoundEvent.Crashed(pod));
        tell(new RoundEvent.Members(pods));
    }

    private void comeBack(Map<String, Long> backAt) {
        for (String name : Map.copyOf(backAt).keySet()) {
            if (backAt.get(name) > second) continue;
            backAt.remove(name);
            List<PodPlace> more = new ArrayList<>(pods);
            more.add(PodPlace.serving(Maps.pod(name, second + 2), "zone-0", Boards.CAPACITY));
            pods = more;
            tell(new RoundEvent.Members(pods));
        }
    }

    private boolean isMember(Resource pod) {
        return pods.stream().anyMatch(place -> place.pod().equals(pod));
    }

    private void run(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            for (int k = 0; k < KEYS; k++) serve(key(k), 2);
            extra.forEach(this::serve);
            for (PodPlace place : pods) {
                LoadMeter meter = meter(place.pod());
                tell(new RoundEvent.Reported(place.pod(), meter.report(nowNanos(), held(place.pod()))));
            }
            take(machine.advance(nowNanos()));
        }
    }

    private void serve(SliceKey key, int requests) {
        PlannedSlice slice = sliceOf(key);
        List<Resource> seats = new ArrayList<>(slice.replicas());
        seats.add(slice.owner());
        for (int i = 0; i < seats.size(); i++) {
            int part = requests / seats.size() + (i < requests % seats.size() ? 1 : 0);
            int unit = units.getOrDefault(seats.get(i), 1) == 1 ? 1 : 4;
            if (part > 0 && isMember(seats.get(i))) meter(seats.get(i)).record(key, part * unit);
        }
    }

    private LoadMeter meter(Resource pod) {
        return meters.computeIfAbsent(pod, p -> new LoadMeter(1, 1, nowNanos()));
    }

    private List<Slice> held(Resource pod) {
        return held.computeIfAbsent(
                pod,
                p -> map.values().stream()
                        .filter(slice ->
                                slice.owner().equals(p) || slice.replicas().contains(p))
                        .flatMap(slice -> counted(slice.slice()))
                        .toList());
    }

    private Stream<Slice> counted(Slice slice) {
        long half = slice.last().bits() - slice.low().bits() >>> 1;
        if (!countsHalves || half == 0) return Stream.of(slice);
        SliceKey middle = new SliceKey(slice.low().bits() + half);
        return Stream.of(Slice.of(slice.low(), middle), Slice.closed(middle, slice.last()));
    }

    private void tell(RoundEvent event) {
        take(machine.on(event, nowNanos()));
    }

    private void take(RoundMachine.Decision decision) {
        Optional<Plan> plan = decision.plan();
        if (plan.isEmpty()) return;
        plans++;
        map.clear();
        plan.get().slices().forEach(slice -> map.put(slice.slice().low(), slice));
        held.clear();
        churn = churn.plus(plan.get().churn());
    }

    private PlannedSlice sliceOf(SliceKey key) {
        return map.floorEntry(key).getValue();
    }

    private long nowNanos() {
        return TimeUnit.SECONDS.toNanos(second);
    }

    private static SliceKey key(int number) {
        return new SliceKey(Long.divideUnsigned(-1L, KEYS) * number);
    }
}
