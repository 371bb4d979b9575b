package io.sluice.catalog.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All tables of a schema whose names lie between two bounds, or the note that they are not in memory. Immutable but for
 * the time of its last use, which only decides what is evicted first and may be a little off.
 */
final class TableRange {
    /** Where a range is cut in two. */
    static final int MOST_TABLES = 512;

    private final String low;
    private final String @Nullable [] names;
    private final TableNode[] nodes;
    private final long bytes;
    private int lastUse;

    private TableRange(String low, String @Nullable [] names, TableNode[] nodes) {
        this.low = low;
        this.names = names;
        this.nodes = nodes;
        long sum = 0;
        for (TableNode node : nodes) sum += node.bytes();
        this.bytes = sum;
        this.lastUse = second();
    }

    /** @param low the first name that may lie in it */
    static TableRange absent(String low) {
        return new TableRange(low, null, new TableNode[0]);
    }

    /** @param names in order, as are their nodes */
    static TableRange of(String low, List<String> names, List<TableNode> nodes) {
        return new TableRange(low, names.toArray(String[]::new), nodes.toArray(TableNode[]::new));
    }

    String low() {
        return low;
    }

    boolean isHeld() {
        return names != null;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return nodes.length;
    }

    int lastUse() {
        return lastUse;
    }

    /** About how long it has not been used. */
    int idleSeconds() {
        return second() - lastUse;
    }

    @Nullable
    TableNode find(String name) {
        touch();
        int at = position(name);
        return at < 0 ? null : nodes[at];
    }

    /** Those from a name on, in order. */
    void forEachFrom(String name, BiConsumer<String, TableNode> action) {
        touch();
        int at = position(name);
        String[] all = held();
        for (int i = at < 0 ? -at - 1 : at; i < all.length; i++) action.accept(all[i], nodes[i]);
    }

    /** One range, or two when it grew too long. */
    List<TableRange> plus(String name, TableNode node) {
        int at = position(name);
        List<String> newNames = new ArrayList<>(Arrays.asList(held()));
        List<TableNode> newNodes = new ArrayList<>(Arrays.asList(nodes));
        if (at >= 0) newNodes.set(at, node);
        else {
            newNames.add(-at - 1, name);
            newNodes.add(-at - 1, node);
        }
        if (newNames.size() <= MOST_TABLES) return List.of(of(low, newNames, newNodes));
        int cut = newNames.size() / 2;
        return List.of(
                of(low, newNames.subList(0, cut), newNodes.subList(0, cut)),
                of(newNames.get(cut), newNames.subList(cut, newNames.size()), newNodes.subList(cut, newNodes.size())));
    }

    TableRange minus(String name) {
        int at = position(name);
        if (at < 0) return this;
        List<String> newNames = new ArrayList<>(Arrays.asList(held()));
        List<TableNode> newNodes = new ArrayList<>(Arrays.asList(nodes));
        newNames.remove(at);
        newNodes.remove(at);
        return of(low, newNames, newNodes);
    }

    /** Both in one. Requires: the other begins where this one ends, and both are in memory. */
    TableRange joined(TableRange next) {
        List<String> allNames = new ArrayList<>(Arrays.asList(held()));
        List<TableNode> allNodes = new ArrayList<>(Arrays.asList(nodes));
        allNames.addAll(Arrays.asList(next.held()));
        allNodes.addAll(Arrays.asList(next.nodes));
        return of(low, allNames, allNodes);
    }

    private String[] held() {
        if (names == null) throw new IllegalStateException("the tables from \"" + low + "\" on are not in memory");
        return names;
    }

    private int position(String name) {
        return Arrays.binarySearch(held(), name, NameOrder::compare);
    }

    private void touch() {
        int now = second();
        if (lastUse != now) lastUse = now;
    }

    /** About a second, from a clock that costs little to read. */
    private static int second() {
        return (int) (System.nanoTime() >> 30);
    }
}
