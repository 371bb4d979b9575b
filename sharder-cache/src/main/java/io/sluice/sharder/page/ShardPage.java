package io.sluice.sharder.page;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.store.Leader;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.Roll;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The operator's page as any pod can tell it from the store, whether an assigner lives or not. A lease is shown by how
 * often it was renewed: a pod whose count stands still from one look to the next has lost it.
 */
public final class ShardPage {
    private ShardPage() {}

    /** @param roll empty for a pod that is a cluster of its own */
    public static String render(Target target, Optional<Leader> leader, Optional<Roll> roll, Assignment map) {
        return "target      " + target + "\n"
                + "generation  " + map.generation() + "\n"
                + "assigner    " + assigner(leader, roll) + "\n"
                + "balance     " + (roll.map(Roll::frozen).orElse(false) ? "frozen" : "on") + "\n"
                + "slices      " + map.tenures().size() + "\n"
                + "\npods\n" + roll.map(all -> pods(all, map)).orElse("  this one alone\n")
                + "\nslices\n" + slices(map);
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
                    Long.toString(slicesOf(lease.pod(), map)));
        return table.render();
    }

    private static long slicesOf(Resource pod, Assignment assignment) {
        return assignment.tenures().stream().filter(t -> t.owner().equals(pod)).count();
    }

    private static String slices(Assignment assignment) {
        if (assignment.isEmpty()) return "  nothing is assigned yet\n";
        TextTable table = new TextTable("FROM", "TO", "SLICES", "OWNER", "REPLICAS", "PHASE", "SINCE");
        for (List<Tenure> run : runs(assignment.tenures())) {
            Tenure first = run.get(0);
            Tenure last = run.get(run.size() - 1);
            table.row(
                    first.slice().low().toString(),
                    last.slice().high().map(SliceKey::toString).orElse("end"),
                    Integer.toString(run.size()),
                    first.owner().name(),
                    replicas(first),
                    phase(first.hold()),
                    first.since().toString());
        }
        return table.render();
    }

    private static String phase(Hold hold) {
        if (hold instanceof Hold.HandingOver handing)
            return "handing over to " + handing.successor().name();
        if (hold instanceof Hold.Awaiting awaiting)
            return "awaiting release by " + awaiting.former().name();
        return "held";
    }

    private static String replicas(Tenure tenure) {
        return tenure.replicas().isEmpty()
                ? "-"
                : tenure.replicas().stream().map(Resource::name).collect(Collectors.joining(","));
    }

    // Neighbours of one ownership share a line, or a page of a thousand pods could not be read.
    private static List<List<Tenure>> runs(List<Tenure> tenures) {
        List<List<Tenure>> runs = new ArrayList<>();
        List<Tenure> run = new ArrayList<>();
        for (Tenure tenure : tenures) {
            if (run.isEmpty() || !tenure.isLike(run.get(0))) {
                run = new ArrayList<>();
                runs.add(run);
            }
            run.add(tenure);
        }
        return runs;
    }
}
