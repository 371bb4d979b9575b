package io.sluice.lake.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows of files by number, in segments that the versions of a table share. Never changed. */
final class FileRows {
    static final FileRows NONE = new FileRows(List.of());

    private final List<FileSegment> segments;
    /** The number of each segment's first row, and at the end the number of rows. */
    private final int[] firsts;

    private FileRows(List<FileSegment> segments) {
        this.segments = List.copyOf(segments);
        this.firsts = new int[segments.size() + 1];
        for (int i = 0; i < segments.size(); i++)
            firsts[i + 1] = firsts[i] + segments.get(i).rows();
    }

    int count() {
        return firsts[segments.size()];
    }

    long residentBytes() {
        return segments.stream().mapToLong(FileSegment::residentBytes).sum();
    }

    IndexedFile get(int number) {
        int found = Arrays.binarySearch(firsts, number);
        // Between two first rows, the search tells where the number would stand.
        int segment = found >= 0 ? found : -found - 2;
        return new IndexedFile(segments.get(segment), number - firsts[segment]);
    }

    /** By path, and for the same path by deletion vector. */
    int compare(int left, int right) {
        IndexedFile file = get(right);
        return compare(left, file.pathText(), file.deletionVector());
    }

    int compare(int number, Utf8 path, Optional<String> vector) {
        IndexedFile file = get(number);
        int paths = file.pathText().compareTo(path);
        return paths != 0 ? paths : file.deletionVector().orElse("").compareTo(vector.orElse(""));
    }

    /** A log-structured tree's rule: what is not much longer than all that follows is worth copying along with it. */
    int firstRowWorthMerging() {
        int first = segments.size() - 1;
        while (first > 0
                && !segments.get(first - 1).isFull()
                && segments.get(first - 1).rows() <= 2 * (count() - firsts[first])) first--;
        return first < segments.size() - 1 ? firsts[Math.max(first, 0)] : count();
    }

    /** Those in front of a row that is the first of its segment, followed by what the builder took. */
    FileRows upTo(int first, Builder more) {
        List<FileSegment> all = new ArrayList<>(segments.subList(0, Arrays.binarySearch(firsts, first)));
        all.addAll(more.segments());
        return new FileRows(all);
    }

    FileRows followedBy(Builder more) {
        return upTo(count(), more);
    }

    /** Takes rows, and begins another segment when one is full. */
    static final class Builder {
        private final List<FileSegment> full = new ArrayList<>();
        private FileSegment.Builder open = new FileSegment.Builder();

        void add(ObjectNode action) {
            open.add(action);
            turn();
        }

        void add(IndexedFile file) {
            open.add(file);
            turn();
        }

        private void turn() {
            if (!open.isFull()) return;
            full.add(open.build());
            open = new FileSegment.Builder();
        }

        private List<FileSegment> segments() {
            if (!open.isEmpty()) {
                full.add(open.build());
                open = new FileSegment.Builder();
            }
            return full;
        }
    }
}
