package io.sluice.replica.plan;

import io.sluice.lake.table.DataFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What turns one set of live files into another. A file whose deletion vector changed is removed with the old vector
 * and added with the new one; its data is at the target already.
 */
public record FileDifference(List<DataFile> removed, List<DataFile> added) {
    public FileDifference {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    public static FileDifference between(Collection<DataFile> before, Collection<DataFile> after) {
        return new FileDifference(without(before, after), without(after, before));
    }

    /** The law of a plan: {@code between(a, b).applyTo(a)} is {@code b}. */
    public List<DataFile> applyTo(Collection<DataFile> before) {
        List<DataFile> files = new ArrayList<>(without(before, removed));
        files.addAll(added);
        return files;
    }

    public boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }

    /** Objects that the added files need: each data file once, each file of vectors once at its greatest known length. */
    public List<CopyItem> objects() {
        Map<String, CopyItem> items = new LinkedHashMap<>();
        for (DataFile file : added) {
            CopyItem data = new CopyItem(ObjectPaths.key(file), file.size(), CopyItem.Kind.DATA);
            items.put(data.key(), data);
            DeletionVectors.fileOf(file)
                    .ifPresent(vectors -> items.merge(vectors.key(), vectors, FileDifference::longer));
        }
        return List.copyOf(items.values());
    }

    private static CopyItem longer(CopyItem one, CopyItem other) {
        return one.length() >= other.length() ? one : other;
    }

    private static List<DataFile> without(Collection<DataFile> files, Collection<DataFile> others) {
        Set<LiveFile> names = others.stream().map(LiveFile::of).collect(Collectors.toSet());
        return files.stream().filter(file -> !names.contains(LiveFile.of(file))).toList();
    }
}
