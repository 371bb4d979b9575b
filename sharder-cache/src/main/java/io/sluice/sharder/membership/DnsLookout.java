package io.sluice.sharder.membership;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks the name service again and again, on a thread of its own. */
public record DnsLookout(List<String> names, HostLookup lookup, Duration pause) implements Lookout {
    @Override
    public Watching watch(Consumer<PodNotice> listener) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread asking = new Thread(task, "dns-lookout");
            asking.setDaemon(true);
            return asking;
        });
        DnsMembers members = new DnsMembers(names, lookup, pause, System.nanoTime());
        thread.scheduleWithFixedDelay(
                () -> members.advance(System.nanoTime()).forEach(listener), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
        return thread::shutdownNow;
    }

    @Override
    public String toString() {
        return "the name service, by " + String.join(", ", names);
    }
}
