package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Decides when a round is due, and keeps what rounds need to know. Passive: events and the time come in, plans and the
 * moment to wake it go out. A plan that changes nothing is not handed out, so nothing is written when nothing changed.
 *
 * <p>Members that come or go cause a round at once, and so does a pod that will soon be overloaded. Mere balance is
 * looked after every {@link #PERIOD_NANOS}, within a budget per minute.
 *
 * <p>A plan counts as the map in force as soon as it is handed out. Should something else come to be in force, tell it by
 * {@link RoundEvent.Adopted}.
 */
public final class RoundMachine {
    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);
    // Between two rounds for overload: the pods have to report what the first has changed.
    static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    // Minutes of calm whose budget may be spent at once when the load has changed its shape.
    static final int SAVED_MINUTES = 10;
    private static final long CHILDHOOD_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final double ALL = 1;
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Policy policy;
    private final Planner planner;
    private final BooleanSupplier mayGoOn;
    private final LoadBook book = new LoadBook();
    private final Quarantine quarantine = new Quarantine();
    private Map<Resource, List<Slice>> held = Map.of();
    private Map<Resource, PodPlace> pods = Map.of();
    private List<PlannedSlice> slices = List.of();
    private long nextBalanceNanos;
    private long nextReliefNanos;
    private boolean reportsAreNew;
    // Who served the adopted map and has not reported since: half-known loads look like imbalance.
    private final Set<Resource> unheard = new HashSet<>();
    // The part of all load that may be moved for balance now.
    private double allowance;
    private long refilledNanos;
    private long bornNanos;

    /** @param plan empty when everything stays as it is */
    public record Decision(Optional<Plan> plan, long wakeAtNanos) {}

    /** @param mayGoOn asked between the steps of a round; false ends it early, with what is done by then */
    public RoundMachine(Policy policy, long nowNanos, BooleanSupplier mayGoOn) {
        this.policy = policy;
        this.planner = new Planner(policy);
        this.mayGoOn = mayGoOn;
        this.nextBalanceNanos = nowNanos + PERIOD_NANOS;
        this.nextReliefNanos = nowNanos;
        this.refilledNanos = nowNanos;
        this.bornNanos = nowNanos - CHILDHOOD_NANOS;
        this.allowance = policy.churnPerMinute() * SAVED_MINUTES;
    }

    public Decision on(RoundEvent event, long nowNanos) {
        boolean isUrgent = false;
        if (event instanceof RoundEvent.Members members) isUrgent = seat(members.pods(), nowNanos);
        else if (event instanceof RoundEvent.Adopted adopted) inherit(adopted.slices());
        else if (event instanceof RoundEvent.Crashed crashed) crash(crashed.pod(), nowNanos);
        else if (event instanceof RoundEvent.Reported reported) isUrgent = hear(reported, nowNanos);
        return decide(isUrgent, nowNanos);
    }

    /** Nothing happened; time went by. */
    public Decision advance(long nowNanos) {
        return decide(false, nowNanos);
    }

    /** What a round would begin from: for pages and tests. */
    public Board board() {
        return new Board(book.placed(), List.copyOf(pods.values()));
    }

    private Decision decide(boolean isUrgent, long nowNanos) {
        isUrgent |= !quarantine.isEmpty() && quarantine.advance(living(), nowNanos);
        boolean isDue = nowNanos - nextBalanceNanos >= 0;
        if (isDue) nextBalanceNanos = nowNanos + PERIOD_NANOS;
        Optional<Plan> plan =
                isUrgent || (isDue && reportsAreNew && unheard.isEmpty()) ? round(nowNanos) : Optional.empty();
        return new Decision(plan, nextBalanceNanos);
    }

    private boolean seat(List<PodPlace> places, long nowNanos) {
        Map<Resource, PodPlace> next = new TreeMap<>();
        places.forEach(place -> next.put(place.pod(), place));
        boolean changed = !next.equals(pods);
        pods = next;
        // A map that was adopted may name pods that were gone before: nobody else would miss them.
        changed |= held.keySet().stream().anyMatch(pod -> !next.containsKey(pod) && !quarantine.isGuard(pod));
        unheard.retainAll(next.keySet());
        book.retain(next.keySet());
        return changed | quarantine.seated(places, living(), nowNanos);
    }

    private void inherit(List<PlannedSlice> map) {
        adopt(map);
        unheard.addAll(held.keySet());
    }

    private void adopt(List<PlannedSlice> map) {
        slices = map;
        book.become(map);
        Map<Resource, List<Slice>> next = new HashMap<>();
        for (PlannedSlice placed : map) {
            next.computeIfAbsent(placed.owner(), p -> new ArrayList<>()).add(placed.slice());
            for (Resource replica : placed.replicas())
                next.computeIfAbsent(replica, p -> new ArrayList<>()).add(placed.slice());
        }
        held = next;
    }

    // The round follows when the members are told: the pod is still among them.
    private void crash(Resource pod, long nowNanos) {
        if (!pods.containsKey(pod)) return;
        List<Slice> alone = held.getOrDefault(pod, List.of()).stream()
                .filter(book::hasOneSeat)
                .toList();
        List<Resource> others =
                living().stream().filter(other -> !other.equals(pod)).toList();
        quarantine.crashed(pod, alone, others, nowNanos);
    }

    private List<Resource> living() {
        return pods.values().stream()
                .filter(PodPlace::isServing)
                .map(PodPlace::pod)
                .sorted(Comparator.comparing(
                        pod -> held.getOrDefault(pod, List.of()).size()))
                .toList();
    }

    /** @return whether the pod will soon carry too much */
    private boolean hear(RoundEvent.Reported reported, long nowNanos) {
        PodPlace place = pods.get(reported.pod());
        if (place == null || !book.take(reported.pod(), reported.report(), nowNanos)) return false;
        reportsAreNew = true;
        unheard.remove(reported.pod());
        if (!unheard.isEmpty()) return false;
        double load = book.forecast(reported.pod(), held.getOrDefault(reported.pod(), List.of()));
        boolean isUrgent = load > policy.overload() * place.capacity() && nowNanos - nextReliefNanos >= 0;
        if (isUrgent) nextReliefNanos = nowNanos + BREATH_NANOS;
        return isUrgent;
    }

    private Optional<Plan> round(long nowNanos) {
        reportsAreNew = false;
        refill(nowNanos);
        Board board = board();
        Plan plan = planner.plan(board, quarantine.pins(), allowance, mayGoOn);
        if (plan.isSameAs(board)) return Optional.empty();
        allowance = Math.max(0, allowance - plan.churn().optional());
        if (board.slices().isEmpty()) bornNanos = nowNanos;
        adopt(plan.slices());
        return Optional.of(plan);
    }

    // What has just been assigned for the first time is in no cache yet, so moving it costs next to nothing.
    private boolean isYoung(long nowNanos) {
        return nowNanos - bornNanos < CHILDHOOD_NANOS;
    }

    private void refill(long nowNanos) {
        double earned = policy.churnPerMinute() * (nowNanos - refilledNanos) / MINUTE_NANOS;
        allowance = isYoung(nowNanos) ? ALL : Math.min(allowance + earned, policy.churnPerMinute() * SAVED_MINUTES);
        refilledNanos = nowNanos;
    }
}
