package io.sluice.bench.sharder;

import io.sluice.bench.catalog.InProcess;
import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Scratch;
import io.sluice.catalog.Estate;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.grpc.SinglePod;
import io.sluice.sharder.grpc.Slicelet;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One table read in process, as the owner of its catalog answers: permissions from the root, the table from memory, and
 * for both the question whether this pod's lease still lasts. No store, no socket.
 */
final class WarmReads {
    private static final int TABLES = 1_000;
    private static final int WARM_UP = 300_000;
    private static final int READS = 200_000;
    private static final double BUDGET_MICROS = 5;

    private final InProcess catalog;
    private final TableName[] names = new TableName[TABLES];
    private final SplittableRandom random = new SplittableRandom(1);

    private WarmReads(InProcess catalog) {
        this.catalog = catalog;
        for (int i = 0; i < TABLES; i++) {
            catalog.create("t" + i);
            names[i] = TableName.parse("c.s.t" + i);
        }
    }

    static void tell(Report report) throws Exception {
        try (Scratch scratch = Scratch.make();
                Database database = Database.open(
                        StoreUrl.parse("sqlite:" + scratch.folder().resolve("warm.db")));
                SinglePod pod = SinglePod.start(
                        new Target("warm-reads"), new Resource("pod", "here", 1), (added, removed) -> {})) {
            pod.slicelet().ready().join();
            WarmReads reads = new WarmReads(InProcess.over(database, leased(pod.slicelet())));
            report.tell(Figure.alone("warm_read_p99_us", reads.p99Micros(), "us", Better.LESS)
                    .within(BUDGET_MICROS)
                    .beside("WriteGuards: linked caches 0.5 to 4.2 us at p90"));
        }
    }

    /** Ours while the lease lasts, which is looked at for each question. */
    private static Estate leased(Slicelet slicelet) {
        return new Estate() {
            @Override
            public Claim claim(Territory territory) {
                SliceKey key = territory
                        .catalog()
                        .map(catalog -> SliceKey.of(catalog.value()))
                        .orElse(SliceKey.ROOT);
                return slicelet.owns(key) == Ownership.Answer.OWNED ? Claim.ours(1) : Claim.nobodys();
            }

            @Override
            public WritePermit permit(Territory territory) {
                requireOurs(territory);
                return Estate.ALONE;
            }
        };
    }

    private double p99Micros() {
        for (int i = 0; i < WARM_UP; i++) readNanos();
        long[] took = new long[READS];
        for (int i = 0; i < READS; i++) took[i] = readNanos();
        Arrays.sort(took);
        return took[(int) (READS * 0.99)] / 1e3;
    }

    private long readNanos() {
        TableName name = names[random.nextInt(TABLES)];
        long begun = System.nanoTime();
        boolean isThere = catalog.governance()
                .tables()
                .get(catalog.admin(), name)
                .table()
                .name()
                .equals(name);
        long took = System.nanoTime() - begun;
        if (!isThere) throw new AssertionError("another table than " + name);
        return took;
    }
}
