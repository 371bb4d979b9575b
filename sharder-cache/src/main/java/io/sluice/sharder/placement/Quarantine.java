package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Stops a key that crashes whatever pod serves it from walking through the cluster.
 *
 * <p>A range is suspect when it was there each time: {@link #ENOUGH} crashes, not all of one pod, had it within
 * {@link #MEMORY_NANOS}, and hardly any without it. Where pods crash for other reasons, most of them crash without any
 * given range, and nothing is suspected; the crashes of a single pod prove something about that pod only. What is suspect
 * is put to {@link Trial}. Time clears everything: crashes are forgotten, and trials end.
 */
final class Quarantine {
    static final int ENOUGH = 3;
    private static final int PODS = 2;
    static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(10);
    // With so many crashes for each one without the range, they are not thought to be chance.
    private static final int WITH_FOR_EACH_WITHOUT = 3;
    private static final int MOST_CRASHES = 64;
    // Each takes up to two pods from the cluster.
    private static final int MOST_TRIALS = 2;

    private final List<Crash> crashes = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();

    private record Crash(String pod, List<Slice> held, long atNanos) {
        boolean had(Slice part) {
            return held.stream().anyMatch(part::overlaps);
        }
    }

    /**
     * @param held what nobody but the crashed pod served: a key that others serve as well, and live, is not to blame
     * @param living the other pods, those with least to lose first
     */
    void crashed(Resource pod, List<Slice> held, List<Resource> living, long nowNanos) {
        crashes.removeIf(crash -> nowNanos - crash.atNanos() >= MEMORY_NANOS);
        if (crashes.size() == MOST_CRASHES) crashes.remove(0);
        crashes.add(new Crash(pod.name(), held, nowNanos));
        List<Resource> guards = guardsAmong(living);
        Optional<Trial> own =
                trials.stream().filter(trial -> trial.isGuard(pod)).findFirst();
        if (own.isPresent())
            own.get().crashed(pod, guards.stream().filter(this::hasCrashed).toList(), nowNanos);
        else if (!guards.isEmpty() && trials.size() < MOST_TRIALS) suspect(held, guards.get(0), nowNanos);
    }

    // Who has crashed already and is back has the least to lose.
    private List<Resource> guardsAmong(List<Resource> living) {
        return living.stream()
                .filter(pod -> trials.stream().noneMatch(trial -> trial.isGuard(pod)))
                .sorted(Comparator.comparing((Resource pod) -> !hasCrashed(pod)))
                .toList();
    }

    private boolean hasCrashed(Resource pod) {
        return crashes.stream().anyMatch(crash -> crash.pod().equals(pod.name()));
    }

    private void suspect(List<Slice> held, Resource guard, long nowNanos) {
        List<Slice> parts = parts(held);
        long most = parts.stream().mapToLong(this::crashesWith).max().orElse(0);
        if ((crashes.size() - most) * WITH_FOR_EACH_WITHOUT > most) return;
        List<Slice> suspects = parts.stream()
                .filter(part -> crashesWith(part) == most && most >= ENOUGH && podsWith(part) >= PODS)
                .toList();
        if (!suspects.isEmpty()) trials.add(new Trial(suspects, guard, nowNanos));
    }

    private long crashesWith(Slice part) {
        return crashes.stream().filter(crash -> crash.had(part)).count();
    }

    private long podsWith(Slice part) {
        return crashes.stream()
                .filter(crash -> crash.had(part))
                .map(Crash::pod)
                .distinct()
                .count();
    }

    /** What was held, cut at the borders of all that was ever held: each crash had the whole of a part, or nothing. */
    private List<Slice> parts(List<Slice> held) {
        NavigableSet<SliceKey> borders = new TreeSet<>();
        for (Crash crash : crashes)
            for (Slice slice : crash.held()) {
                borders.add(slice.low());
                slice.high().ifPresent(borders::add);
            }
        List<Slice> parts = new ArrayList<>();
        for (Slice slice : held) {
            if (trials.stream().anyMatch(trial -> trial.isSuspect(slice))) continue;
            SliceKey low = slice.low();
            for (SliceKey border : borders.subSet(slice.low(), false, slice.last(), true)) {
                parts.add(Slice.of(low, border));
                low = border;
            }
            parts.add(Slice.closed(low, slice.last()));
        }
        return parts;
    }

    /** @return whether the pins changed */
    boolean seated(Collection<PodPlace> places, List<Resource> living, long nowNanos) {
        boolean changed = false;
        for (Trial trial : trials) changed |= trial.seated(places, guardsAmong(living), nowNanos);
        return changed;
    }

    /** @return whether the pins changed */
    boolean advance(List<Resource> living, long nowNanos) {
        boolean changed = false;
        for (Trial trial : trials) changed |= trial.advance(guardsAmong(living), nowNanos);
        trials.removeIf(Trial::isOver);
        return changed;
    }

    boolean isEmpty() {
        return trials.isEmpty();
    }

    boolean isGuard(Resource pod) {
        return trials.stream().anyMatch(trial -> trial.isGuard(pod));
    }

    List<Pin> pins() {
        return trials.stream().flatMap(trial -> trial.pins().stream()).toList();
    }
}
