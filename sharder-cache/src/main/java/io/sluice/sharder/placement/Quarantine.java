package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stops a key that crashes whatever pod serves it from walking through the cluster.
 *
 * <p>When a pod crashes soon after it took over slices of another that crashed, the ranges that both held are suspect.
 * They are pinned to one pod, the guard, and share its fate: when it crashes they are not given on. Nobody serves them
 * until the guard is back; then one half is tried on it while the other half waits. A half that survives its trial is
 * free, and the other one is next. So the cluster loses three pods at most, and each return of the guard halves what is
 * out of service.
 */
final class Quarantine {
    static final long LINEAGE_NANOS = TimeUnit.MINUTES.toNanos(3);
    static final long TRIAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    // A single key that is guilty is served again after this time: perhaps the fault has been mended.
    static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(30);

    private List<Crash> crashes = List.of();
    private @Nullable Resource guard;
    private boolean guardIsDown;
    private List<Slice> onTrial = List.of();
    private List<Slice> waiting = List.of();
    private long trialEndNanos;

    private record Crash(String zone, List<Slice> held, long atNanos) {}

    /**
     * @param held what nobody but the crashed pod served: a key that others serve as well, and live, is not to blame
     * @param living pods that may become the guard
     */
    void crashed(PodPlace place, List<Slice> held, List<PodPlace> living, long nowNanos) {
        if (place.pod().equals(guard)) {
            guardIsDown = true;
            return;
        }
        crashes = crashes.stream()
                .filter(crash -> nowNanos - crash.atNanos() < LINEAGE_NANOS)
                .toList();
        List<Slice> suspects = crashes.stream()
                .flatMap(crash -> common(crash.held(), held).stream())
                .distinct()
                .toList();
        crashes = plus(crashes, new Crash(place.zone(), held, nowNanos));
        if (suspects.isEmpty() || guard != null || living.isEmpty()) return;
        guard = guardAmong(living);
        onTrial = suspects;
        trialEndNanos = nowNanos + TRIAL_NANOS;
    }

    // Where nothing crashed so far: when it is a whole zone that goes, the suspects are innocent, and go on being
    // served.
    private Resource guardAmong(List<PodPlace> living) {
        Set<String> struck = crashes.stream().map(Crash::zone).collect(Collectors.toSet());
        return living.stream()
                .min(Comparator.comparing((PodPlace place) -> struck.contains(place.zone()))
                        .thenComparing(PodPlace::pod))
                .orElseThrow()
                .pod();
    }

    /** @return whether the pins changed */
    boolean seated(Collection<PodPlace> places, long nowNanos) {
        Resource former = guard;
        if (former == null || !guardIsDown) return false;
        Optional<Resource> back = places.stream()
                .filter(PodPlace::isServing)
                .filter(place -> place.replaces().filter(former::equals).isPresent()
                        || (place.pod().name().equals(former.name())
                                && place.pod().supersedes(former)))
                .map(PodPlace::pod)
                .findFirst();
        back.ifPresent(pod -> tryHalf(pod, nowNanos));
        return back.isPresent();
    }

    /** @return whether the pins changed */
    boolean advance(long nowNanos) {
        if (guard == null || guardIsDown || nowNanos < trialEndNanos) return false;
        // What was tried has survived. With nothing left that waits, the crashes had another reason.
        onTrial = waiting;
        waiting = List.of();
        if (onTrial.isEmpty()) guard = null;
        else trialEndNanos = nowNanos + TRIAL_NANOS;
        return true;
    }

    List<Pin> pins() {
        Resource pod = guard;
        if (pod == null) return List.of();
        List<Pin> pins = new ArrayList<>();
        for (Slice slice : onTrial) pins.add(new Pin(slice, pod));
        for (Slice slice : waiting) pins.add(new Pin(slice, nobody(pod)));
        return pins;
    }

    // The guilty keys are among those on trial, for what waits was not served.
    private void tryHalf(Resource back, long nowNanos) {
        guard = back;
        guardIsDown = false;
        trialEndNanos = nowNanos + TRIAL_NANOS;
        List<Slice> suspects = onTrial;
        if (suspects.size() > 1) {
            onTrial = List.copyOf(suspects.subList(0, suspects.size() / 2));
            waiting = List.copyOf(suspects.subList(suspects.size() / 2, suspects.size()));
            return;
        }
        Slice suspect = suspects.get(0);
        if (suspect.low().equals(suspect.last())) {
            onTrial = List.of();
            waiting = suspects;
            trialEndNanos = nowNanos + RETRY_NANOS;
            return;
        }
        long middle =
                suspect.low().bits() + ((suspect.last().bits() - suspect.low().bits()) >>> 1) + 1;
        onTrial = List.of(Slice.closed(suspect.low(), new SliceKey(middle - 1)));
        waiting = List.of(Slice.closed(new SliceKey(middle), suspect.last()));
    }

    // An owner that never lives: the slice is on the map, and requests for it are refused.
    private static Resource nobody(Resource guard) {
        return new Resource("quarantine", guard.address(), 1);
    }

    private static List<Slice> common(List<Slice> a, List<Slice> b) {
        List<Slice> common = new ArrayList<>();
        for (Slice one : a) for (Slice other : b) one.intersect(other).ifPresent(common::add);
        return common;
    }

    private static List<Crash> plus(List<Crash> crashes, Crash crash) {
        List<Crash> more = new ArrayList<>(crashes);
        more.add(crash);
        return more;
    }
}
