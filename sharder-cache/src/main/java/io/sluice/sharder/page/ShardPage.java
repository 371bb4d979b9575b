package io.sluice.sharder.page;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.assigner.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operator's page: who owns which slice, and whose lease is running out. Plain text, aligned, stable. */
public final class ShardPage {
    private ShardPage() {}

    public static String render(ShardView view) {
        Assignment assignment = view.assignment();
        StringBuilder page = new StringBuilder("target      " + view.target() + "\n");
        page.append("generation  ").append(assignment.generation()).append('\n');
        page.append("slices      ").append(assignment.tenures().size()).append('\n');
        page.append("\npods\n").append(pods(view));
        page.append("\nslices\n").append(slices(assignment));
        return page.toString();
    }

    private static String pods(ShardView view) {
        if (view.pods().isEmpty()) return "  none has been heard\n";
        TextTable table = new TextTable("POD", "ADDRESS", "INCARNATION", "STANDING", "LEASE LEFT", "STREAM", "SLICES");
        for (PodStatus status : view.pods()) {
            Resource pod = status.pod();
            table.row(
                    pod.name(),
                    pod.address(),
                    Long.toString(pod.incarnation()),
                    status.standing().name().toLowerCase(Locale.ROOT),
                    seconds(status.leaseLeft()),
                    status.connected() ? "open" : "broken",
                    Long.toString(slicesOf(pod, view.assignment())));
        }
        return table.render();
    }

    static long slicesOf(Resource pod, Assignment assignment) {
        return assignment.tenures().stream().filter(t -> t.owner().equals(pod)).count();
    }

    static String slices(Assignment assignment) {
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

    private static String seconds(Duration duration) {
        return duration.isZero() ? "-" : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
