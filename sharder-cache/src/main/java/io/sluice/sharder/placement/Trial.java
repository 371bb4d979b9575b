package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds out which of some suspect ranges crashes its pods, at the cost of two pods at most. The suspects stand on a pod
 * of their own, the guard. When it crashes, one half stays and waits for it to come back, and the other half goes to a
 * second guard, best to one that has crashed before: whose half was guilty crashes next, and the other half is free at
 * that moment. What has not crashed its guard for {@link #LENGTH_NANOS} is free too.
 *
 * <p>So all suspects are served but those of a guard that is down, and these become fewer by half with each crash, down
 * to the one key that keeps its pod from living.
 */
final class Trial {
    static final long LENGTH_NANOS = TimeUnit.MINUTES.toNanos(3);
    // The surer the guilt and the fewer the suspects, the longer they wait for their guard to come back.
    static final long FIRST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST_DOUBLINGS = 6;

    private final List<Cell> cells = new ArrayList<>(2);
    private int convictions;

    /** @param endNanos of the trial; of the patience while the guard is down */
    private record Cell(List<Slice> suspects, Resource guard, boolean isDown, long endNanos) {}

    Trial(List<Slice> suspects, Resource guard, long nowNanos) {
        cells.add(up(suspects, guard, nowNanos));
    }

    private static Cell up(List<Slice> suspects, Resource guard, long nowNanos) {
        return new Cell(List.copyOf(suspects), guard, false, nowNanos + LENGTH_NANOS);
    }

    boolean isOver() {
        return cells.isEmpty();
    }

    boolean isGuard(Resource pod) {
        return cells.stream().anyMatch(cell -> cell.guard().equals(pod));
    }

    boolean isSuspect(Slice slice) {
        return cells.stream().flatMap(cell -> cell.suspects().stream()).anyMatch(slice::overlaps);
    }

    /** @param struck who may become the second guard, and has crashed before */
    void crashed(Resource guard, List<Resource> struck, long nowNanos) {
        Cell guilty = cells.stream()
                .filter(cell -> cell.guard().equals(guard))
                .findFirst()
                .orElseThrow();
        if (guilty.isDown()) return;
        // Who guards what turns out to be innocent is free for the next half, and has nothing else to lose.
        Optional<Resource> second = cells.stream()
                .filter(cell -> cell != guilty && !cell.isDown())
                .map(Cell::guard)
                .findFirst()
                .or(() -> struck.stream().findFirst());
        cells.clear();
        long patience = FIRST_PATIENCE_NANOS << Math.min(convictions++, MOST_DOUBLINGS);
        cells.add(new Cell(guilty.suspects(), guard, true, nowNanos + patience));
        second.ifPresent(pod -> split(pod, nowNanos));
    }

    /** Leaves one half of all suspects where they are. A single key stays whole. Requires one cell. */
    private void split(Resource second, long nowNanos) {
        Cell all = cells.get(0);
        List<Slice> suspects = all.suspects().size() > 1
                ? all.suspects()
                : halves(all.suspects().get(0));
        if (suspects.size() == 1) return;
        int stay = suspects.size() / 2;
        cells.set(0, new Cell(suspects.subList(0, stay), all.guard(), all.isDown(), all.endNanos()));
        cells.add(up(suspects.subList(stay, suspects.size()), second, nowNanos));
    }

    /**
     * @param others who may become a guard, the best first
     * @return whether the pins changed
     */
    boolean seated(Collection<PodPlace> places, List<Resource> others, long nowNanos) {
        boolean changed = false;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            Optional<Resource> life = places.stream()
                    .filter(place -> place.isServing() && isThisOrItsHeir(place, cell.guard()))
                    .map(PodPlace::pod)
                    .max(Comparator.comparingLong(Resource::incarnation));
            // Who left in peace has proved nothing: another one goes on in its place.
            Optional<Resource> next =
                    cell.isDown() ? life : life.or(() -> others.stream().findFirst());
            if (next.isEmpty() || (!cell.isDown() && next.get().equals(cell.guard()))) continue;
            cells.set(i, up(cell.suspects(), next.get(), nowNanos));
            changed = true;
            // There was nobody for the second half when it crashed.
            if (cell.isDown() && cells.size() == 1 && !others.isEmpty()) split(others.get(0), nowNanos);
        }
        return changed;
    }

    private static boolean isThisOrItsHeir(PodPlace place, Resource guard) {
        Resource pod = place.pod();
        boolean isAnotherLife = pod.name().equals(guard.name()) && pod.incarnation() >= guard.incarnation();
        return isAnotherLife || place.replaces().filter(guard::equals).isPresent();
    }

    /**
     * @param others who may become a guard, the best first
     * @return whether the pins changed
     */
    boolean advance(List<Resource> others, long nowNanos) {
        boolean changed = cells.removeIf(cell -> !cell.isDown() && nowNanos >= cell.endNanos());
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            if (!cell.isDown() || nowNanos < cell.endNanos() || others.isEmpty()) continue;
            // The guard will not come back. Better one more pod at risk than keys that nobody serves.
            cells.set(i, up(cell.suspects(), others.get(0), nowNanos));
            return true;
        }
        return changed;
    }

    List<Pin> pins() {
        List<Pin> pins = new ArrayList<>();
        for (Cell cell : cells) for (Slice slice : cell.suspects()) pins.add(new Pin(slice, cell.guard()));
        return pins;
    }

    /** A single key stays whole. */
    private static List<Slice> halves(Slice suspect) {
        SliceKey low = suspect.low();
        SliceKey last = suspect.last();
        if (low.equals(last)) return List.of(suspect);
        SliceKey middle = new SliceKey(low.bits() + ((last.bits() - low.bits()) >>> 1));
        return List.of(Slice.closed(low, middle), Slice.closed(new SliceKey(middle.bits() + 1), last));
    }
}
