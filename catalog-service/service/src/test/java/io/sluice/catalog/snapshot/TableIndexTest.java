package io.sluice.catalog.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is read of the store comes in late: the gap that it was read for may have changed meanwhile. */
class TableIndexTest {
    private static final int TABLES = 100;

    @Test
    void whatOverlapsWithWhatSomebodyElseReadMeanwhileIsLeftOut() {
        TableIndex index = TableIndex.UNREAD.filled(range(50, TABLES), Optional.empty());

        assertThat(listed(index.filled(range(0, TABLES), Optional.empty()))).isEqualTo(names(50, TABLES));
    }

    @Test
    void whatWasLetGoOfBehindTheGapMeanwhileIsNotTakenForRead() {
        TableIndex index = TableIndex.UNREAD.filled(range(50, TABLES), Optional.empty());
        TableIndex shrunk = index.evicted(name(50));

        TableIndex filled = shrunk.filled(range(0, 50), Optional.of(name(50)));

        assertThat(filled.knows(name(20))).isTrue();
        assertThat(filled.knows(name(70))).isFalse();
    }

    @Test
    void whateverComesAndGoesEachNameIsKnownOnceAndRightly() {
        long seed = System.nanoTime();
        System.out.println("seed of whateverComesAndGoesEachNameIsKnownOnceAndRightly: " + seed);
        Random random = new Random(seed);
        TreeSet<String> there = new TreeSet<>(names(0, TABLES));
        TableIndex index = TableIndex.UNREAD;
        List<Late> late = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            String name = name(random.nextInt(TABLES));
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (!index.knows(name)) late.add(read(there, index, name, 1 + random.nextInt(30)));
                }
                case 1 -> {
                    if (!late.isEmpty()) {
                        Late put = late.remove(random.nextInt(late.size()));
                        // As in the log: what was written since is brought by its tail.
                        if (put.there.equals(there)) index = index.filled(put.range, put.upTo);
                    }
                }
                case 2 -> {
                    List<TableRange> held = index.held();
                    if (!held.isEmpty())
                        index = index.evicted(
                                held.get(random.nextInt(held.size())).low());
                }
                case 3 -> {
                    if (random.nextInt(20) == 0) {
                        there.remove(name);
                        index = index.minus(name);
                    }
                }
                default -> {
                    if (random.nextInt(20) == 0) {
                        there.add(name);
                        index = index.plus(name, node(name));
                    }
                }
            }
            for (int i = 0; i < TABLES; i++)
                if (index.knows(name(i)))
                    assertThat(index.find(name(i)).isPresent()).as(name(i)).isEqualTo(there.contains(name(i)));
            assertThat(listed(index)).doesNotHaveDuplicates().isSorted();
        }
    }

    private record Late(TreeSet<String> there, TableRange range, Optional<String> upTo) {}

    private static Late read(TreeSet<String> there, TableIndex index, String from, int limit) {
        Optional<String> end = index.endOfGap(from);
        List<String> names = new ArrayList<>();
        Optional<String> upTo = end;
        for (String name : there.tailSet(from)) {
            if (end.isPresent() && name.compareTo(end.get()) >= 0) break;
            if (names.size() == limit) {
                upTo = Optional.of(name);
                break;
            }
            names.add(name);
        }
        return new Late(
                new TreeSet<>(there),
                TableRange.of(
                        from, names, names.stream().map(TableIndexTest::node).toList()),
                upTo);
    }

    private static List<String> listed(TableIndex index) {
        List<String> all = new ArrayList<>();
        for (TableRange held : index.held()) held.forEachFrom(held.low(), (name, node) -> all.add(name));
        return all;
    }

    private static TableRange range(int from, int to) {
        List<String> names = names(from, to);
        return TableRange.of(
                from == 0 ? "" : name(from),
                names,
                names.stream().map(TableIndexTest::node).toList());
    }

    private static List<String> names(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i < to; i++) names.add(name(i));
        return names;
    }

    private static TableNode node(String name) {
        return TableNode.of(new TableRecord(
                name,
                TableName.of("retail", "sales", name),
                TableRecord.TableType.EXTERNAL,
                "DELTA",
                List.of(),
                "file:///lake/" + name,
                null,
                Map.of(),
                Stamp.created("ann", 1),
                1));
    }

    private static String name(int number) {
        return "t%04d".formatted(number);
    }
}
