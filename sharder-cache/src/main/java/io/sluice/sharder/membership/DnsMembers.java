package io.sluice.sharder.membership;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Pods behind a name, for example of a headless Kubernetes service, which lists those that are ready. Has no clock:
 * whoever owns it calls {@link #advance}. Confined to one thread, which waits while the name service does.
 */
public final class DnsMembers {
    /** One failed look-up says more about the name service than about the pods. */
    private static final int FAILURES_THAT_COUNT = 3;

    private final String name;
    private final HostLookup lookup;
    private final long pauseNanos;
    private final Sightings sightings = new Sightings();
    private long nextNanos;
    private int failures;

    public DnsMembers(String name, HostLookup lookup, Duration pause, long nowNanos) {
        this.name = name;
        this.lookup = lookup;
        this.pauseNanos = pause.toNanos();
        this.nextNanos = nowNanos;
    }

    /** Looks, if it is time, and tells what changed. */
    public List<PodNotice> advance(long nowNanos) {
        if (nowNanos < nextNanos) return List.of();
        nextNanos = nowNanos + pauseNanos;
        try {
            List<PodNotice> news = sightings.seeAll(
                    lookup.lookup(name).stream().map(PodSighting::of).toList());
            failures = 0;
            return news;
        } catch (UnknownHostException nobodyOrNoAnswer) {
            return ++failures < FAILURES_THAT_COUNT ? List.of() : sightings.seeAll(List.of());
        }
    }

    /** When to call {@link #advance} next. */
    public long nextNanos() {
        return nextNanos;
    }

    public List<PodSighting> pods() {
        return sightings.pods();
    }
}
