package io.sluice.lake.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The live files of a table at a version, in the order of their paths: the same order whichever way they were read, so
 * that an answer may go on where it stopped. Never changed. As a list, its elements are decoded anew at each look.
 *
 * <p>A version is a sorted list of row numbers over {@link FileRows} that versions share. The next version adds a small
 * segment and copies four bytes for each file. Small segments are merged in time, and rows that are gone are left
 * behind once they outnumber the others.
 */
public final class FileIndex extends AbstractList<DataFile> implements RandomAccess {
    private static final AtomicLong IDS = new AtomicLong();
    private static final FileIndex EMPTY = new FileIndex(FileRows.NONE, new int[0], Totals.NONE);

    private final long id = IDS.incrementAndGet();
    private final FileRows rows;
    private final int[] order;
    private final Totals totals;

    private FileIndex(FileRows rows, int[] order, Totals totals) {
        this.rows = rows;
        this.order = order;
        this.totals = totals;
    }

    private record Totals(long bytes, int withVectors, int absolute) {
        static final Totals NONE = new Totals(0, 0, 0);

        Totals plus(IndexedFile file, int sign) {
            return new Totals(
                    bytes + sign * file.size(),
                    withVectors + (file.deletionVector().isPresent() ? sign : 0),
                    absolute + (file.isAbsolute() ? sign : 0));
        }
    }

    public static FileIndex of(List<DataFile> files) {
        if (files instanceof FileIndex index) return index;
        Builder builder = new Builder();
        for (DataFile file : files) builder.add(file.add());
        return builder.build();
    }

    /** Takes the files of a table in any order. */
    public static final class Builder {
        private final FileRows.Builder rows = new FileRows.Builder();

        /** @param add an action of the log */
        public void add(ObjectNode add) {
            rows.add(add);
        }

        public FileIndex build() {
            return EMPTY.with(new BitSet(), rows);
        }
    }

    /** No two indexes of a process have the same, even if they list the same files. */
    public long id() {
        return id;
    }

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public DataFile get(int position) {
        return DataFile.of(file(position).action());
    }

    /** Without decoding it. */
    public IndexedFile file(int position) {
        return rows.get(order[position]);
    }

    /** The files, without decoding them. */
    public Iterator<IndexedFile> indexed() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < order.length;
            }

            @Override
            public IndexedFile next() {
                if (!hasNext()) throw new NoSuchElementException();
                return file(next++);
            }
        };
    }

    /** What the files hold together. */
    public long bytes() {
        return totals.bytes();
    }

    /** Whether deletion vectors hide rows of some files. */
    public boolean hidesRows() {
        return totals.withVectors() > 0;
    }

    /** Those whose paths do not begin at the table's folder, and so may lie elsewhere. */
    public List<String> absolutePaths() {
        if (totals.absolute() == 0) return List.of();
        return IntStream.range(0, order.length)
                .mapToObj(this::file)
                .filter(IndexedFile::isAbsolute)
                .map(IndexedFile::path)
                .toList();
    }

    /** What it costs to keep this index; what it shares with other versions is counted too. */
    public long residentBytes() {
        return rows.residentBytes() + 4L * order.length;
    }

    /**
     * The index of the version after this one. Empty when the commit removes a file that is not here: its log may spell
     * a path in two ways, and has to be read by somebody who knows both.
     */
    public Optional<FileIndex> after(TableCommit commit) {
        BitSet gone = new BitSet(order.length);
        FileRows.Builder added = new FileRows.Builder();
        for (ObjectNode action : commit.actions()) {
            if (action.get("remove") instanceof ObjectNode remove) {
                int position = position(remove);
                if (position < 0) return Optional.empty();
                gone.set(position);
            }
            if (action.get("add") instanceof ObjectNode add) {
                // A file may be told anew, with fresh statistics for example: the later action counts.
                int position = position(add);
                if (position >= 0) gone.set(position);
                added.add(add);
            }
        }
        return Optional.of(with(gone, added).tidied());
    }

    /** The files of some partitions. */
    public FileIndex ofPartitions(Predicate<PartitionValues> wanted) {
        Map<PartitionValues, Boolean> known = new IdentityHashMap<>();
        int[] kept = new int[order.length];
        int count = 0;
        Totals sum = Totals.NONE;
        for (int row : order) {
            IndexedFile file = rows.get(row);
            if (!known.computeIfAbsent(file.partitionValues(), wanted::test)) continue;
            kept[count++] = row;
            sum = sum.plus(file, 1);
        }
        return new FileIndex(rows, Arrays.copyOf(kept, count), sum);
    }

    private FileIndex with(BitSet gone, FileRows.Builder added) {
        FileRows all = rows.followedBy(added);
        Totals sum = totals;
        for (int at = gone.nextSetBit(0); at >= 0; at = gone.nextSetBit(at + 1)) sum = sum.plus(file(at), -1);
        for (int row = rows.count(); row < all.count(); row++) sum = sum.plus(all.get(row), 1);
        return new FileIndex(all, merged(gone, all), sum);
    }

    /** This order without what is gone, and with the rows that it does not know in their places. */
    private int[] merged(BitSet gone, FileRows all) {
        int[] fresh = IntStream.range(rows.count(), all.count())
                .boxed()
                .sorted(all::compare)
                .mapToInt(row -> row)
                .toArray();
        int[] merged = new int[order.length - gone.cardinality() + fresh.length];
        int filled = 0;
        int position = 0;
        for (int row : fresh) {
            IndexedFile file = all.get(row);
            int place = place(file.pathText(), file.deletionVector());
            filled = copyKept(gone, position, place, merged, filled);
            position = place;
            merged[filled++] = row;
        }
        copyKept(gone, position, order.length, merged, filled);
        return merged;
    }

    private int copyKept(BitSet gone, int from, int to, int[] target, int filled) {
        int next = filled;
        for (int position = from; position < to; position++) if (!gone.get(position)) target[next++] = order[position];
        return next;
    }

    private int position(ObjectNode action) {
        Utf8 path = Utf8.of(action.path("path").asText());
        Optional<String> vector = DataFile.vectorId(action);
        int place = place(path, vector);
        return place < order.length && rows.compare(order[place], path, vector) == 0 ? place : -1;
    }

    /** The position of the first file that does not stand before the given one. */
    private int place(Utf8 path, Optional<String> vector) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.compare(order[middle], path, vector) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private FileIndex tidied() {
        boolean isMostlyGone = rows.count() > 2 * order.length;
        int first = isMostlyGone ? 0 : rows.firstRowWorthMerging();
        if (first == rows.count()) return this;
        FileRows.Builder copied = new FileRows.Builder();
        int[] renumbered = Arrays.copyOf(order, order.length);
        int next = first;
        for (int position = 0; position < order.length; position++) {
            if (order[position] < first) continue;
            copied.add(file(position));
            renumbered[position] = next++;
        }
        return new FileIndex(rows.upTo(first, copied), renumbered, totals);
    }
}
