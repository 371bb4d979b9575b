package io.sluice.sharder.assigner;

import static io.sluice.sharder.testkit.Maps.pod;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Hold;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.assigner.PodStatus.Standing;
import io.sluice.sharder.load.LoadReport;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.load.Vitals;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.store.Renewal;
import io.sluice.sharder.watch.Upstream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An assigner, its store, the time, and all that was heard of it. */
final class World {
    /** Between two take-overs of up to five pods. */
    static final int TAKE_PAUSE_MILLIS = 5;

    final MemoryShardStore store = new MemoryShardStore(7);
    final List<Assignment> published = new ArrayList<>();
    private final Set<Resource> unprepared = new HashSet<>();
    private final Deque<AssignerEvent> answers = new ArrayDeque<>();
    private long nowNanos;
    AssignerMachine machine = machine(7);
    boolean storeIsAway;
    boolean loseNextAnswer;
    boolean loseDrains;
    boolean resigned;
    private Optional<Runnable> beforeCommit = Optional.empty();
    private long sequence;

    World() {
        after(0);
    }

    private AssignerMachine machine(long incarnation) {
        return new AssignerMachine(LeaseTerms.STANDARD, Policy.DEFAULT, incarnation, nowNanos, () -> true);
    }

    void succeed(long incarnation) {
        machine = machine(incarnation);
        after(0);
    }

    void after(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
        carryOut(machine.advance(nowNanos));
    }

    /** A second in the life of these pods. */
    void second(Resource... pods) {
        for (Resource pod : pods) renew(pod, current());
        after(500);
        after(500);
    }

    /** A newcomer is kept back for fifteen seconds, in case that another pod is about to leave. */
    void letIn() {
        for (int i = 0; i < 16; i++) second(pods());
    }

    /** As a real pod does it: enters the roll, learns the current map and confirms. */
    void enter(Resource pod) {
        renew(pod, Generation.ZERO);
        heartbeat(pod, Generation.ZERO);
        heartbeat(pod);
    }

    void join(Resource pod) {
        enter(pod);
        letIn();
    }

    void joinUnprepared(Resource pod) {
        unprepared.add(pod);
        join(pod);
    }

    void prepared(Resource pod) {
        unprepared.remove(pod);
        heartbeat(pod);
    }

    void joinAll(Resource... pods) {
        for (Resource pod : pods) {
            join(pod);
            settle(pods);
            settle(pods());
        }
    }

    /** Lets all confirm until everyone holds what it should. */
    void settle(Resource... pods) {
        for (int i = 0; i < 3; i++)
            for (Resource pod : pods) {
                renew(pod, current());
                heartbeat(pod);
                after(TAKE_PAUSE_MILLIS);
            }
    }

    Renewal renew(Resource pod, Generation known) {
        return store.renew(pod, known, false);
    }

    void heartbeat(Resource pod) {
        heartbeat(pod, current());
    }

    void heartbeat(Resource pod, Generation known) {
        on(new AssignerEvent.Heartbeat(new Upstream.Heartbeat(pod, ++sequence, known, unprepared(pod))));
    }

    /** A heartbeat that also tells whom the pod did not reach. */
    void complain(Resource pod, Resource... unreached) {
        Set<String> names = Arrays.stream(unreached).map(Resource::name).collect(Collectors.toSet());
        Vitals vitals = new Vitals(PodTraits.ORDINARY, new LoadReport(1, List.of(), List.of()), names);
        on(new AssignerEvent.Heartbeat(
                new Upstream.Heartbeat(pod, ++sequence, current(), unprepared(pod)).with(vitals)));
    }

    void notice(PodNotice.Kind kind, PodSighting pod) {
        on(new AssignerEvent.Noticed(new PodNotice(kind, pod)));
    }

    void goodbye(Resource pod) {
        store.leave(pod);
        on(new AssignerEvent.Goodbye(pod));
    }

    void streamBroke(Resource pod) {
        on(new AssignerEvent.StreamBroke(pod));
    }

    void beforeNextCommit(Runnable happens) {
        beforeCommit = Optional.of(happens);
    }

    Assignment map() {
        return store.map();
    }

    Generation current() {
        return map().generation();
    }

    Resource[] pods() {
        return machine.pods().stream().map(PodStatus::pod).toArray(Resource[]::new);
    }

    Standing standing(Resource pod) {
        return machine.pods().stream()
                .filter(status -> status.pod().equals(pod))
                .findFirst()
                .orElseThrow()
                .standing();
    }

    long comingTo(Resource pod) {
        return map().tenures().stream()
                .filter(t -> t.hold() instanceof Hold.HandingOver handing
                        && handing.successor().equals(pod))
                .count();
    }

    long awaitedFrom(Resource pod) {
        return map().tenures().stream()
                .filter(t -> t.hold() instanceof Hold.Awaiting awaiting
                        && awaiting.former().equals(pod))
                .count();
    }

    private Generation unprepared(Resource pod) {
        return unprepared.contains(pod) ? new Generation(7, 1) : Generation.ZERO;
    }

    /** Of the key space. */
    double shareOf(Resource pod) {
        return map().tenures().stream()
                        .filter(t -> t.isHeldBy(pod))
                        .mapToDouble(t -> (double) (t.slice().last().bits() >>> 1)
                                - (double) (t.slice().low().bits() >>> 1))
                        .sum()
                / Long.MAX_VALUE;
    }

    Map<Resource, Long> slices() {
        return count(map().tenures());
    }

    Map<Resource, Long> held() {
        return count(map().tenures().stream().filter(t -> t.hold().isServed()).toList());
    }

    private static Map<Resource, Long> count(List<Tenure> tenures) {
        Map<Resource, Long> counts = new TreeMap<>();
        tenures.forEach(t -> counts.merge(t.owner(), 1L, Long::sum));
        return counts;
    }

    private void on(AssignerEvent event) {
        carryOut(machine.on(event, nowNanos));
    }

    private void carryOut(AssignerMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        while (!answers.isEmpty()) on(answers.remove());
    }

    private void carryOut(AssignerAction action) {
        if (action instanceof AssignerAction.Publish publish) published.add(publish.assignment());
        else if (action instanceof AssignerAction.ReadRoll)
            answers.add(storeIsAway ? new AssignerEvent.RollLost() : new AssignerEvent.RollRead(store.roll()));
        else if (action instanceof AssignerAction.ReadMap)
            answers.add(storeIsAway ? new AssignerEvent.MapLost() : new AssignerEvent.MapRead(store.map()));
        else if (action instanceof AssignerAction.Commit commit) commit(commit);
        else if (action instanceof AssignerAction.Drain drain)
            answers.add(loseDrains ? drain.lost() : drain.ask(store));
        else if (action instanceof AssignerAction.Forget forget) store.forget(forget.lease());
        else if (action instanceof AssignerAction.Resign) resigned = true;
    }

    private void commit(AssignerAction.Commit commit) {
        beforeCommit.ifPresent(Runnable::run);
        beforeCommit = Optional.empty();
        var outcome = store.commit(commit.change());
        answers.add(loseNextAnswer ? new AssignerEvent.CommitLost() : new AssignerEvent.Committed(outcome));
        loseNextAnswer = false;
    }
}
