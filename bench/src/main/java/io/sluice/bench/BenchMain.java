package io.sluice.bench;

import io.sluice.bench.catalog.CatalogBenchmark;
import io.sluice.bench.conformance.Conformance;
import io.sluice.bench.figure.Report;
import io.sluice.bench.path.PathBenchmark;
import io.sluice.bench.sharder.SharderBenchmark;
import io.sluice.bench.sharing.SharingBenchmark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code bench NAME [--json FILE]}, or {@link Conformance}. Ends with 0 when all budgets hold, 1 when one does not, 2 for a wrong call. */
public final class BenchMain {
    private static final List<Benchmark> BENCHMARKS =
            List.of(new PathBenchmark(), new CatalogBenchmark(), new SharingBenchmark(), new SharderBenchmark());

    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || List.of("-h", "--help").contains(args[0])) {
            System.out.print(usage());
            System.exit(args.length == 0 ? 2 : 0);
        }
        // It has options of its own, and finds passes and failures rather than figures.
        if (args[0].equals(Conformance.NAME))
            System.exit(new Conformance(System.out, System.err).run(Arrays.copyOfRange(args, 1, args.length)));
        Optional<Benchmark> wanted = BENCHMARKS.stream()
                .filter(benchmark -> benchmark.name().equals(args[0]))
                .findFirst();
        if (wanted.isEmpty()) refuse("There is no benchmark \"%s\".".formatted(args[0]));
        Report report = new Report(System.out);
        Path json = jsonFile(args);
        wanted.orElseThrow().run(report);
        if (json != null) report.writeJson(json);
        System.exit(report.holds() ? 0 : 1);
    }

    private static @Nullable Path jsonFile(String[] args) {
        if (args.length == 1) return null;
        if (args.length != 3 || !args[1].equals("--json"))
            refuse("Only --json FILE can follow the name of a benchmark.");
        return Path.of(args[2]);
    }

    private static void refuse(String sentence) {
        System.err.print("sluice: " + sentence + "\n" + usage());
        System.exit(2);
    }

    private static String usage() {
        StringBuilder text = new StringBuilder("usage: sluice bench NAME [--json FILE]\n");
        for (Benchmark benchmark : BENCHMARKS)
            text.append("  %-10s %s\n".formatted(benchmark.name(), benchmark.purpose()));
        return text.append(Conformance.usage()).toString();
    }
}
