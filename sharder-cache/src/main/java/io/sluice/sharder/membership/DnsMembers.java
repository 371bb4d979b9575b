package io.sluice.sharder.membership;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Pods behind names: one that stands for all of them, for example of a headless Kubernetes service, which lists those
 * that are ready, or a list of one for each. Has no clock: whoever owns it calls {@link #advance}. Confined to one
 * thread, which waits while the name service does.
 */
public final class DnsMembers {
    /** One failed look-up says more about the name service than about the pods. */
    private static final int FAILURES_THAT_COUNT = 3;

    private final List<Name> names;
    private final HostLookup lookup;
    private final long pauseNanos;
    private final Sightings sightings = new Sightings();
    private long nextNanos;

    public DnsMembers(List<String> names, HostLookup lookup, Duration pause, long nowNanos) {
        this.names = names.stream().map(Name::new).toList();
        this.lookup = lookup;
        this.pauseNanos = pause.toNanos();
        this.nextNanos = nowNanos;
    }

    /** A name, and what it was heard to stand for last. */
    private final class Name {
        private final String text;
        private List<String> hosts = List.of();
        private int failures;

        Name(String text) {
            this.text = text;
        }

        List<String> hosts() {
            try {
                hosts = lookup.lookup(text);
                failures = 0;
            } catch (UnknownHostException | RuntimeException nobodyOrNoAnswer) {
                if (++failures >= FAILURES_THAT_COUNT) hosts = List.of();
            }
            return hosts;
        }
    }

    /** Looks, if it is time, and tells what changed. */
    public List<PodNotice> advance(long nowNanos) {
        if (nowNanos < nextNanos) return List.of();
        nextNanos = nowNanos + pauseNanos;
        return sightings.seeAll(names.stream()
                .flatMap(name -> name.hosts().stream())
                .distinct()
                .map(PodSighting::of)
                .toList());
    }

    /** When to call {@link #advance} next. */
    public long nextNanos() {
        return nextNanos;
    }

    public List<PodSighting> pods() {
        return sightings.pods();
    }
}
