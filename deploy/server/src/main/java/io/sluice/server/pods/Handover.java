package io.sluice.server.pods;

import io.sluice.catalog.snapshot.ReadAhead;
import io.sluice.catalog.snapshot.Warm;
import io.sluice.model.work.Territory;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Warms this pod for the slices that are to come, while their owners serve on: asks them what they have in memory and
 * reads that ahead, hottest first. It takes its time on a thread of its own; slices that come sooner than it is done are
 * read on meanwhile.
 */
final class Handover implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Handover.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SealedCalls calls;
    private final BiPredicate<Slice, Territory> isIn;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "read-ahead");
        thread.setDaemon(true);
        return thread;
    });

    Handover(SealedCalls calls, BiPredicate<Slice, Territory> isIn) {
        this.calls = calls;
        this.isIn = isIn;
    }

    void prepare(ReadAhead ahead, List<Tenure> coming, Runnable done) {
        reading.execute(() -> {
            try {
                prepare(ahead, coming);
            } catch (RuntimeException e) {
                LOG.warnf(e, "what comes from other pods could not be read in advance");
            } finally {
                done.run();
            }
        });
    }

    private void prepare(ReadAhead ahead, List<Tenure> coming) {
        Map<Resource, List<Slice>> byOwner = coming.stream()
                .collect(Collectors.groupingBy(Tenure::owner, Collectors.mapping(Tenure::slice, Collectors.toList())));
        Map<Resource, CompletableFuture<List<Warm>>> asked = new HashMap<>();
        byOwner.forEach((owner, slices) -> asked.put(
                owner,
                calls.ask(owner, WarmWire.WARM, WarmWire.ask(slices), PATIENCE).thenApply(WarmWire::warm)));
        List<Warm> warmest = new ArrayList<>();
        List<Slice> untold = new ArrayList<>();
        asked.forEach((owner, answer) -> {
            try {
                warmest.addAll(answer.join());
            } catch (CompletionException e) {
                LOG.infof("%s does not tell what is warm: %s", owner, e.getCause());
                untold.addAll(byOwner.getOrDefault(owner, List.of()));
            }
        });
        warmest.sort(Comparator.comparingInt(Warm::idleSeconds));
        ahead.read(warmest);
        if (!untold.isEmpty())
            ahead.readAll(territory -> untold.stream().anyMatch(slice -> isIn.test(slice, territory)));
    }

    @Override
    public void close() {
        reading.shutdownNow();
    }
}
