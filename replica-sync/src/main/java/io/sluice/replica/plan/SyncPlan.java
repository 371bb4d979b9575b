package io.sluice.replica.plan;

import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.money.Money;
import io.sluice.model.place.Lane;
import io.sluice.model.usage.ByteCount;
import java.time.Duration;
import java.util.List;

/**
 * What a sync would do. Nothing has been changed by making it.
 *
 * @param copies objects to bring over; some may turn out to be at the target already and then cost nothing
 * @param bytes sum of their lengths as far as logs tell them
 */
public record SyncPlan(
        TableSnapshot source,
        TargetState target,
        FileDifference difference,
        List<CopyItem> copies,
        ByteCount bytes,
        Lane lane,
        Duration estimate,
        Money price) {
    public SyncPlan {
        copies = List.copyOf(copies);
    }

    /** Whether the replica holds the source's newest version. */
    public boolean isUpToDate() {
        return target.sourceVersion() >= source.version();
    }

    public long fromVersion() {
        return target.sourceVersion();
    }

    public long toVersion() {
        return source.version();
    }

    public long nextTargetVersion() {
        return target.version() + 1;
    }
}
