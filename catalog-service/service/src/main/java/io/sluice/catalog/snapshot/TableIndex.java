package io.sluice.catalog.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one schema in ranges of names, of which some may not be in memory. Immutable: a change copies one range
 * and the list of ranges. The ranges cover all names, so a name that is not found in its range does not exist.
 */
public final class TableIndex {
    private static final TableRange[] NONE = {TableRange.of("", List.of(), List.of())};
    private static final TableRange[] ALL_ABSENT = {TableRange.absent("")};

    /** A schema that was just made. */
    static final TableIndex EMPTY = new TableIndex(NONE);

    /** A schema of whose tables nothing was read yet. */
    static final TableIndex UNREAD = new TableIndex(ALL_ABSENT);

    private final TableRange[] ranges;

    private TableIndex(TableRange[] ranges) {
        this.ranges = ranges;
    }

    /** Whether it is known from memory alone if there is a table of that name. */
    public boolean knows(String name) {
        return range(name).isHeld();
    }

    /** Requires: the name is known. */
    Optional<TableNode> find(String name) {
        return Optional.ofNullable(range(name).find(name));
    }

    /** A run of tables that follow each other, and where the next run begins. */
    public record Run(List<String> names, List<TableNode> nodes, Optional<String> next) {}

    /** The tables from a name on as far as the range of that name goes. Requires: the name is known. */
    public Run from(String name) {
        int at = indexOf(name);
        List<String> names = new ArrayList<>();
        List<TableNode> nodes = new ArrayList<>();
        ranges[at].forEachFrom(name, (found, node) -> {
            names.add(found);
            nodes.add(node);
        });
        return new Run(names, nodes, at + 1 < ranges.length ? Optional.of(ranges[at + 1].low()) : Optional.empty());
    }

    TableIndex plus(String name, TableNode node) {
        int at = indexOf(name);
        return ranges[at].isHeld() ? replaced(at, ranges[at].plus(name, node)) : this;
    }

    TableIndex minus(String name) {
        int at = indexOf(name);
        return ranges[at].isHeld() ? replaced(at, List.of(ranges[at].minus(name))) : this;
    }

    /** Where the gap around a name ends. Requires: the name is not known. */
    Optional<String> endOfGap(String name) {
        int at = indexOf(name);
        return at + 1 < ranges.length ? Optional.of(ranges[at + 1].low()) : Optional.empty();
    }

    /**
     * Puts a range that was read into the gap that it lies in. The gap may have grown since, when its neighbour was let go
     * of; if another part of it was filled, this stays as it is, for no name may lie in two ranges.
     *
     * @param upTo the first name after those that were read; empty when the range goes to the end of all names
     */
    TableIndex filled(TableRange read, Optional<String> upTo) {
        int at = indexOf(read.low());
        Optional<String> end = at + 1 < ranges.length ? Optional.of(ranges[at + 1].low()) : Optional.empty();
        if (ranges[at].isHeld() || isBefore(end, upTo)) return this;
        List<TableRange> parts = new ArrayList<>();
        if (NameOrder.compare(ranges[at].low(), read.low()) < 0) parts.add(TableRange.absent(ranges[at].low()));
        parts.add(read);
        if (isBefore(upTo, end)) parts.add(TableRange.absent(upTo.orElseThrow()));
        return replaced(at, parts).joinedAround(read.low());
    }

    /** Empty is after all names. */
    private static boolean isBefore(Optional<String> one, Optional<String> other) {
        return one.isPresent() && (other.isEmpty() || NameOrder.compare(one.get(), other.get()) < 0);
    }

    /** Without the range that begins at that name. */
    TableIndex evicted(String low) {
        int at = indexOf(low);
        return ranges[at].isHeld()
                ? replaced(at, List.of(TableRange.absent(ranges[at].low()))).joinedAround(low)
                : this;
    }

    List<TableRange> held() {
        return Arrays.stream(ranges).filter(TableRange::isHeld).toList();
    }

    /** Gaps beside each other become one gap, and short ranges one range. */
    private TableIndex joinedAround(String low) {
        int at = indexOf(low);
        TableIndex joined = at > 0 ? joined(at - 1) : this;
        int now = joined.indexOf(low);
        return now + 1 < joined.ranges.length ? joined.joined(now) : joined;
    }

    private TableIndex joined(int at) {
        TableRange one = ranges[at];
        TableRange next = ranges[at + 1];
        if (one.isHeld() != next.isHeld()) return this;
        if (!one.isHeld()) return spliced(at, 2, List.of(one));
        return one.size() + next.size() > TableRange.MOST_TABLES / 2 ? this : spliced(at, 2, List.of(one.joined(next)));
    }

    private TableIndex replaced(int at, List<TableRange> parts) {
        return spliced(at, 1, parts);
    }

    private TableIndex spliced(int at, int removed, List<TableRange> parts) {
        TableRange[] changed = new TableRange[ranges.length - removed + parts.size()];
        System.arraycopy(ranges, 0, changed, 0, at);
        for (int i = 0; i < parts.size(); i++) changed[at + i] = parts.get(i);
        System.arraycopy(ranges, at + removed, changed, at + parts.size(), ranges.length - at - removed);
        return new TableIndex(changed);
    }

    private TableRange range(String name) {
        return ranges[indexOf(name)];
    }

    /** The last range that does not begin after the name; the first begins with the empty name. */
    private int indexOf(String name) {
        int low = 0;
        int high = ranges.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (NameOrder.compare(ranges[middle].low(), name) <= 0) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
