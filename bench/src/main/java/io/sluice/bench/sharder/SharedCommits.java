package io.sluice.bench.sharder;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Report;
import io.sluice.bench.figure.Rounds;
import io.sluice.catalog.Estate;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.Migrations;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.work.Territory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Writers who make schemas in one catalog on PostgreSQL: their rows and the log, as the catalog writes them. */
final class SharedCommits {
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int ROUNDS = 5;
    private static final EntityName CATALOG = EntityName.of("bench");

    private final SqlUnitOfWork together;
    private final SqlUnitOfWork alone;
    private final CatalogStore store = new CatalogStore();
    private final AtomicInteger made = new AtomicInteger();

    private SharedCommits(SqlUnitOfWork work) {
        this.together = work;
        this.alone = work.together(1);
    }

    /** @param url of an empty database */
    static void tell(Report report, StoreUrl url) throws Exception {
        try (Database database = Database.open(url)) {
            new Migrations(database).run(List.of("catalog"));
            SharedCommits bench = new SharedCommits(
                    new SqlUnitOfWork(database, Estate.WHOLE, Clock.systemUTC(), () -> Origin.internal("bench")));
            bench.perSecond(bench.alone, 8);
            for (int writers : new int[] {1, 8, 32}) report.tell(bench.measure(writers));
        }
    }

    private Figure measure(int writers) throws Exception {
        Rounds rounds = Rounds.of(ROUNDS, () -> perSecond(together, writers), () -> perSecond(alone, writers));
        return Figure.alone("writes_one_catalog_" + writers, rounds.value(), "writes/s", Better.MORE)
                .against("a commit for each (%.0f)".formatted(rounds.limit()), rounds.ratio());
    }

    private double perSecond(SqlUnitOfWork work, int writers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            long begun = System.nanoTime();
            long end = begun + ROUND.toNanos();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < writers; i++) counts.add(threads.submit(() -> writeUntil(work, end)));
            double written = 0;
            for (Future<Integer> count : counts) written += count.get();
            return written * 1e9 / (System.nanoTime() - begun);
        } finally {
            threads.shutdownNow();
        }
    }

    private int writeUntil(SqlUnitOfWork work, long end) {
        int count = 0;
        for (; System.nanoTime() < end; count++) {
            SchemaRecord schema = schema("s%08d".formatted(made.getAndIncrement()));
            work.writeWithLog(Territory.of(CATALOG), transaction -> {
                long last = transaction.append("bench", List.of(new Change.SchemaPut(schema)));
                store.insert(
                        transaction.connection(),
                        "bench",
                        Optional.empty(),
                        schema.name().schema().value(),
                        schema);
                return last;
            });
        }
        return count;
    }

    private static SchemaRecord schema(String name) {
        return new SchemaRecord(
                UUID.randomUUID().toString(),
                new SchemaName(CATALOG, EntityName.of(name)),
                null,
                Map.of(),
                null,
                Stamp.created("bench", 0),
                1);
    }
}
