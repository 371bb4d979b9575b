package io.sluice.bench.sharder;

import static io.sluice.bench.sharder.Figures.less;

import io.sluice.bench.catalog.InProcess;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Scratch;
import io.sluice.catalog.Estate;
import io.sluice.catalog.snapshot.TableNode;
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
import java.util.function.Predicate;

/**
 * One table read in process, as the owner of its catalog answers: who may see it from the root, the table from memory,
 * and for both the question whether this pod's lease still lasts. No store, no socket. The body that is sent is kept
 * packed, so having it costs a little more.
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
            report.tell(less("warm_read_p99_us", reads.p99Micros(table -> table.version() > 0), "us")
                    .within(BUDGET_MICROS)
                    .beside("WriteGuards: linked caches 0.5 to 4.2 us at p90"));
            report.tell(less("warm_body_p99_us", reads.p99Micros(table -> table.body().length > 0), "us"));
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

    private double p99Micros(Predicate<TableNode> look) {
        for (int i = 0; i < WARM_UP; i++) readNanos(look);
        long[] took = new long[READS];
        for (int i = 0; i < READS; i++) took[i] = readNanos(look);
        Arrays.sort(took);
        return took[(int) (READS * 0.99)] / 1e3;
    }

    private long readNanos(Predicate<TableNode> look) {
        TableName name = names[random.nextInt(TABLES)];
        long begun = System.nanoTime();
        boolean isThere = look.test(catalog.governance().tables().get(catalog.admin(), name));
        long took = System.nanoTime() - begun;
        if (!isThere) throw new AssertionError("nothing is known of " + name);
        return took;
    }
}
