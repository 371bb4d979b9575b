package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import io.sluice.sharder.load.LoadReport;
import io.sluice.sharder.load.SliceRates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the load of every slice, from the reports of all pods. What was known stays when a slice moves, until
 * its new pod has seen enough.
 *
 * <p>Only reports in one unit are read. While pods that count differently are being rolled out, their slices keep the
 * load they had; when all of them count in the new unit, the book turns to it.
 */
final class LoadBook {
    private final NavigableMap<SliceKey, Page> pages = new TreeMap<>();
    private final Map<Resource, Integer> units = new HashMap<>();
    private @Nullable Integer unit;

    /** One slice. */
    private static final class Page {
        final PlannedSlice placed;
        /** Of all its pods together, as far as was known when it came to stand like this. */
        final SliceLoad prior;

        final Map<Resource, Account> told = new HashMap<>(2);
        private final Set<Resource> replicas;

        Page(PlannedSlice placed, SliceLoad prior) {
            this.placed = placed;
            this.prior = prior;
            this.replicas = Set.copyOf(placed.replicas());
        }

        boolean isSeatOf(Resource pod) {
            return placed.owner().equals(pod) || replicas.contains(pod);
        }
    }

    /** Takes over a new map, and carries over what is known. */
    void become(List<PlannedSlice> slices) {
        List<Page> next = new ArrayList<>(slices.size());
        for (PlannedSlice placed : slices) {
            Page former = pages.get(placed.slice().low());
            boolean stays = former != null && former.placed.equals(placed);
            next.add(stays ? former : new Page(placed, prior(placed.slice())));
        }
        pages.clear();
        next.forEach(page -> pages.put(page.placed.slice().low(), page));
    }

    /** Forgets who is not among them. */
    void retain(Collection<Resource> pods) {
        units.keySet().retainAll(pods);
    }

    /** @return whether the report counted */
    boolean take(Resource pod, LoadReport report, long nowNanos) {
        units.put(pod, report.unit());
        if (unit == null) unit = report.unit();
        if (!unit.equals(report.unit()) && !allCountIn(report.unit())) return false;
        if (!unit.equals(report.unit())) beginAnew(report);
        for (SliceRates rates : report.slices()) {
            Page page = pageWith(rates.slice());
            if (page == null || !page.isSeatOf(pod)) continue;
            page.told.computeIfAbsent(pod, p -> new Account()).take(rates, keysOf(report, rates.slice()), nowNanos);
        }
        return true;
    }

    private @Nullable Page pageWith(Slice part) {
        Map.Entry<SliceKey, Page> at = pages.floorEntry(part.low());
        boolean isWithin =
                at != null && part.last().compareTo(at.getValue().placed.slice().last()) <= 0;
        return isWithin ? at.getValue() : null;
    }

    List<PlacedSlice> placed() {
        return pages.values().stream().map(page -> page.placed.with(load(page))).toList();
    }

    /** What one pod will carry soon, of slices it has not spoken of yet by what was known before. */
    double forecast(Resource pod, List<Slice> held) {
        double sum = 0;
        for (Slice slice : held) {
            Page page = pages.get(slice.low());
            if (page == null) continue;
            Account told = page.told.get(pod);
            sum += share(page, pod) + (told == null ? 0 : told.growth());
        }
        return sum;
    }

    // A slice of a single key has nothing to isolate.
    private static List<HotKey> keysOf(LoadReport report, Slice slice) {
        if (slice.low().equals(slice.last())) return List.of();
        return report.topKeys().stream()
                .filter(key -> slice.contains(key.key()))
                .toList();
    }

    boolean hasOneSeat(Slice slice) {
        Page page = pages.get(slice.low());
        return page != null && page.replicas.isEmpty();
    }

    private boolean allCountIn(int other) {
        return units.values().stream().allMatch(counted -> counted == other);
    }

    // What was known still tells how the slices compare; the report tells what it is in the new unit.
    private void beginAnew(LoadReport first) {
        double before = 0;
        double now = 0;
        for (SliceRates rates : first.slices()) {
            Page page = pages.get(rates.slice().low());
            if (page == null || !page.placed.slice().equals(rates.slice())) continue;
            before += load(page).perSecond() / (1 + page.placed.replicas().size());
            now += rates.fast();
        }
        double scale = before > 0 ? now / before : 1;
        unit = first.unit();
        pages.replaceAll((low, page) -> new Page(page.placed, scaled(load(page), scale)));
    }

    private static SliceLoad scaled(SliceLoad load, double by) {
        return new SliceLoad(
                load.perSecond() * by, load.writesPerSecond() * by, load.residentBytes(), List.of(), load.cut());
    }

    private static SliceLoad load(Page page) {
        if (page.told.isEmpty()) return page.prior;
        double sum = share(page, page.placed.owner());
        double writes = 0;
        long bytes = 0;
        for (Resource replica : page.placed.replicas()) sum += share(page, replica);
        for (Account told : page.told.values()) {
            writes += told.writesPerSecond();
            bytes = Math.max(bytes, told.residentBytes());
        }
        Account owner = page.told.get(page.placed.owner());
        if (owner == null) return new SliceLoad(sum, writes, bytes, page.prior.hotKeys(), page.prior.cut());
        return new SliceLoad(sum, writes, bytes, owner.keys(), owner.cut());
    }

    private static double share(Page page, Resource pod) {
        double prior = page.prior.perSecond() / (1 + page.placed.replicas().size());
        Account told = page.told.get(pod);
        return told == null ? prior : told.perSecond(prior, page.placed.slice());
    }

    private SliceLoad prior(Slice slice) {
        Map.Entry<SliceKey, Page> first = pages.floorEntry(slice.low());
        if (first == null) return SliceLoad.NONE;
        double load = 0;
        double writes = 0;
        double bytes = 0;
        for (Page page : pages.subMap(first.getKey(), true, slice.last(), true).values()) {
            Optional<Slice> common = page.placed.slice().intersect(slice);
            if (common.isEmpty()) continue;
            SliceLoad known = load(page);
            double part = partOf(known, page.placed.slice(), common.get());
            load += known.perSecond() * part;
            writes += known.writesPerSecond() * part;
            bytes += known.residentBytes() * part;
        }
        return new SliceLoad(load, writes, (long) bytes, List.of(), Optional.empty());
    }

    private static double partOf(SliceLoad load, Slice whole, Slice part) {
        return part.equals(whole) ? 1 : Parts.of(load.perSecond(), load.hotKeys(), load.cut(), whole, part);
    }
}
