package io.sluice.replica.plan;

import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The replica as its log tells.
 *
 * @param sourceVersion the source version it holds, -1 for none
 */
public record TargetState(Optional<TableSnapshot> snapshot, long sourceVersion) {
    public static final TargetState EMPTY = new TargetState(Optional.empty(), -1);

    public long version() {
        return snapshot.map(TableSnapshot::version).orElse(-1L);
    }

    public List<DataFile> files() {
        return snapshot.<List<DataFile>>map(TableSnapshot::files).orElse(List.of());
    }

    /** Keys of the data files that live files of the replica use: they are there, whole, and need no copy. */
    Set<String> liveKeys() {
        return files().stream().map(ObjectPaths::key).collect(Collectors.toSet());
    }
}
