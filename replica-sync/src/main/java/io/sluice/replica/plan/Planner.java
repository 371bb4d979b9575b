package io.sluice.replica.plan;

import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.usage.ByteCount;
import io.sluice.replica.PriceQuote;
import io.sluice.replica.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes plans: compares two tables and asks for the price. Changes nothing. */
public final class Planner {
    private final PriceQuote quote;

    public Planner(PriceQuote quote) {
        this.quote = quote;
    }

    public SyncPlan plan(
            Replica replica, TableSnapshot source, TargetState target, Throughput throughput, Instant now) {
        SquashSupport.check(source.protocol());
        refuseEarlierSource(replica, source, target);
        FileDifference difference = FileDifference.between(target.files(), source.files());
        Set<String> present = target.liveKeys();
        List<CopyItem> copies = difference.objects().stream()
                .filter(item -> !present.contains(item.key()))
                .toList();
        ByteCount bytes =
                ByteCount.of(copies.stream().mapToLong(CopyItem::length).reduce(0, Math::addExact));
        Duration estimate = throughput.timeFor(bytes);
        return new SyncPlan(
                source,
                target,
                difference,
                copies,
                bytes,
                replica.lane(),
                estimate,
                quote.of(replica.lane(), bytes, now));
    }

    private static void refuseEarlierSource(Replica replica, TableSnapshot source, TargetState target) {
        if (source.version() < target.sourceVersion())
            throw Failure.conflict(
                    "Replica %s holds version %d of its source, whose newest version is now %d: the source was "
                            + "replaced by another table. Drop the replica and define it again at an empty location.",
                    replica.name(), target.sourceVersion(), source.version());
    }
}
