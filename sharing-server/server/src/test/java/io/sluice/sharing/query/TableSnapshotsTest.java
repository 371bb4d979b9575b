package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.table.TableCommit;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.files.TableFiles.OpenedTable;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.world.CountingStore;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TableSnapshotsTest {
    private static final StoredTable PLACE = new StoredTable("t", URI.create("file:///t"), Optional.empty());

    @Test
    void aCrowdCostsThreeLooksAtMost() throws Exception {
        // The first question is held inside the store while others pile up behind it. They may not use its answer,
        // which may be from before they asked. The next look begins for whoever came first of them, and one more has
        // to serve all others.
        HeldLog log = new HeldLog();
        TableSnapshots snapshots = snapshots(log, IndexCarrier.NONE);
        snapshots.latest(PLACE);
        log.hold();
        ExecutorService threads = Executors.newFixedThreadPool(9);
        try {
            List<Future<TableSnapshot>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> snapshots.latest(PLACE)));
            log.entered.await();
            List<Thread> crowd = new ArrayList<>();
            for (int i = 0; i < 8; i++)
                answers.add(threads.submit(() -> {
                    synchronized (crowd) {
                        crowd.add(Thread.currentThread());
                    }
                    return snapshots.latest(PLACE);
                }));
            awaitBlocked(crowd, 8);
            log.release.countDown();
            for (Future<TableSnapshot> answer : answers)
                assertThat(answer.get().version()).isZero();
        } finally {
            threads.shutdownNow();
        }

        assertThat(log.checks).satisfies(looks -> assertThat(looks.get()).isBetween(2, 3));
    }

    @Test
    void whatWasBroughtAlongSparesTheReadingOfTheWholeLog() throws Exception {
        // The first home reads the log once and offers what it read; the second one begins where the first has been.
        HeldLog log = new HeldLog();
        Luggage luggage = new Luggage();
        TableSnapshots first = snapshots(log, luggage);
        TableSnapshot read = first.latest(PLACE);
        TableSnapshots second = snapshots(log, luggage);

        assertThat(second.latest(PLACE)).isSameAs(read);

        assertThat(first.loads()).isOne();
        assertThat(second.loads()).isZero();
        assertThat(second.brought()).isOne();
        assertThat(log.checks).hasValue(1);
    }

    private static TableSnapshots snapshots(TableLog log, IndexCarrier carrier) {
        return new TableSnapshots(new OpenTables(table -> new OpenedTable(log, new CountingStore(null))), carrier);
    }

    private static final class Luggage implements IndexCarrier {
        private final Map<StoredTable, TableSnapshot> carried = new HashMap<>();

        @Override
        public Optional<TableSnapshot> find(StoredTable table) {
            return Optional.ofNullable(carried.get(table));
        }

        @Override
        public void offer(StoredTable table, TableSnapshot newest) {
            carried.put(table, newest);
        }
    }

    private static void awaitBlocked(List<Thread> crowd, int size) {
        while (true) {
            synchronized (crowd) {
                if (crowd.size() == size && crowd.stream().allMatch(thread -> isWaiting(thread.getState()))) return;
            }
            Thread.onSpinWait();
        }
    }

    private static boolean isWaiting(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private static final class HeldLog implements TableLog {
        final AtomicInteger checks = new AtomicInteger();
        final CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(0);

        void hold() {
            release = new CountDownLatch(1);
        }

        @Override
        public TableSnapshot newest(TableSnapshot known) {
            checks.incrementAndGet();
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return known;
        }

        @Override
        public long latestVersion(long known) {
            return known;
        }

        @Override
        public TableSnapshot snapshot() {
            return snapshot(0);
        }

        @Override
        public TableSnapshot snapshot(long version) {
            return new TableSnapshot(version, Instant.EPOCH, Json.object(), Json.object(), List.of());
        }

        @Override
        public List<TableCommit> changes(long from, long to) {
            return List.of();
        }

        @Override
        public SortedMap<Long, Instant> commitTimes(long from, long to) {
            return new TreeMap<>();
        }

        @Override
        public long versionAt(Instant time) {
            return 0;
        }

        @Override
        public long versionFrom(Instant time) {
            return 0;
        }

        @Override
        public Optional<Long> lastTransaction(String application) {
            return Optional.empty();
        }
    }
}
