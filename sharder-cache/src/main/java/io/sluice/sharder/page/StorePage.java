package io.sluice.sharder.page;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Target;
import io.sluice.sharder.store.Leader;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.Roll;
import java.util.Locale;
import java.util.Optional;

/**
 * The operator's page as any pod can tell it from the store, whether an assigner lives or not. A lease is shown by how
 * often it was renewed: a pod whose count stands still from one look to the next has lost it.
 */
public final class StorePage {
    private StorePage() {}

    /** @param roll empty for a pod that is a cluster of its own */
    public static String render(Target target, Optional<Leader> leader, Optional<Roll> roll, Assignment map) {
        return "target      " + target + "\n"
                + "generation  " + map.generation() + "\n"
                + "assigner    " + assigner(leader, roll) + "\n"
                + "balance     " + (roll.map(Roll::frozen).orElse(false) ? "frozen" : "on") + "\n"
                + "slices      " + map.tenures().size() + "\n"
                + "\npods\n" + roll.map(all -> pods(all, map)).orElse("  this one alone\n")
                + "\nslices\n" + ShardPage.slices(map);
    }

    private static String assigner(Optional<Leader> leader, Optional<Roll> roll) {
        if (roll.isEmpty()) return "in this process";
        return leader.filter(one -> !one.hasAbdicated())
                .map(one -> "%s at %s, incarnation %d, sign of life %d"
                        .formatted(one.name(), one.address(), one.incarnation(), one.renewals()))
                .orElse("none");
    }

    private static String pods(Roll roll, Assignment map) {
        if (roll.leases().isEmpty()) return "  none is on the roll\n";
        TextTable table = new TextTable("POD", "ADDRESS", "INCARNATION", "STANDING", "RENEWALS", "KNOWS", "SLICES");
        for (PodLease lease : roll.leases())
            table.row(
                    lease.pod().name(),
                    lease.pod().address(),
                    Long.toString(lease.pod().incarnation()),
                    lease.standing().name().toLowerCase(Locale.ROOT),
                    Long.toString(lease.renewals()),
                    lease.known().toString(),
                    Long.toString(ShardPage.slicesOf(lease.pod(), map)));
        return table.render();
    }
}
