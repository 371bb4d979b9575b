package io.sluice.sharder.membership;

import io.sluice.sharder.membership.PodNotice.Kind;
import io.sluice.sharder.membership.PodSighting.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs a pod that ends with the one that takes its place, so that slices can move one to one instead of twice: first to
 * anybody, then back to the newcomer. A newcomer is a pod that was seen to become ready; one that was ready when we
 * first looked replaces nobody. Pods with an ordinal are paired with their own next life, others with the newcomer of
 * the same workload that has waited longest. Confined to one thread.
 */
public final class Replacements {
    /** A pod that came or went longer ago has nothing to do with a restart of now. */
    private static final long FRESH_NANOS = Duration.ofMinutes(10).toNanos();

    private final Set<String> unready = new HashSet<>();
    private final List<Waiting> leaving = new ArrayList<>();
    private final List<Waiting> coming = new ArrayList<>();

    private record Waiting(PodSighting pod, long sinceNanos) {}

    /** Two pods of one place. */
    public record Pair(PodSighting leaving, PodSighting coming) {}

    /** @return the pair that this news completes */
    public Optional<Pair> on(PodNotice notice, long nowNanos) {
        leaving.removeIf(waiting -> nowNanos - waiting.sinceNanos() > FRESH_NANOS);
        coming.removeIf(waiting -> nowNanos - waiting.sinceNanos() > FRESH_NANOS);
        PodSighting pod = notice.pod();
        boolean becameReady = notice.kind() == Kind.READY && unready.remove(pod.id());
        return switch (notice.kind()) {
            case APPEARED -> {
                unready.add(pod.id());
                yield Optional.empty();
            }
            case READY -> becameReady ? arrive(pod, nowNanos) : Optional.empty();
            case NOT_READY, LOCATED -> Optional.empty();
            case TERMINATING -> {
                forgetArrival(pod);
                yield leave(pod, nowNanos);
            }
            case GONE -> {
                forgetArrival(pod);
                yield Optional.empty();
            }
        };
    }

    private Optional<Pair> arrive(PodSighting pod, long nowNanos) {
        Optional<Pair> pair = take(leaving, pod).map(old -> new Pair(old, pod));
        if (pair.isEmpty() && pod.workload().isPresent()) coming.add(new Waiting(pod, nowNanos));
        return pair;
    }

    private Optional<Pair> leave(PodSighting pod, long nowNanos) {
        Optional<Pair> pair = take(coming, pod).map(fresh -> new Pair(pod, fresh));
        if (pair.isEmpty() && pod.workload().isPresent()) leaving.add(new Waiting(pod, nowNanos));
        return pair;
    }

    private void forgetArrival(PodSighting pod) {
        unready.remove(pod.id());
        coming.removeIf(waiting -> waiting.pod().id().equals(pod.id()));
    }

    private static Optional<PodSighting> take(List<Waiting> from, PodSighting counterpart) {
        Optional<Workload> workload = counterpart.workload();
        Optional<Waiting> found = from.stream()
                .filter(waiting ->
                        workload.isPresent() && waiting.pod().workload().equals(workload))
                .findFirst();
        found.ifPresent(from::remove);
        return found.map(Waiting::pod);
    }
}
