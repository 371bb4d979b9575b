package io.sluice.sharder.membership;

import io.sluice.sharder.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether a pod is dead, although its lease has not run out: two of three must say so. The three are its own stream to
 * the assigner, the platform's view (Kubernetes or DNS), and the clerks that could not connect to it. Each can err:
 * a stream breaks when the network does, the platform looks every few seconds, and a clerk may be cut off itself.
 *
 * <p>Clerks speak with one voice, that of at least half of them; each has one vote for each pod, which counts for a
 * while and then no more. Only peers that were admitted have one. Confined to one thread.
 */
public final class HealthVotes {
    /** Beyond it further clerks are not asked: half of these are opinion enough. */
    static final int MOST_VOTERS = 256;

    private final long memoryNanos;
    private final Set<Resource> voters = new HashSet<>();
    private final Map<Resource, Evidence> pods = new HashMap<>();

    private static final class Evidence {
        boolean streamBroke;
        boolean platformSaysGone;
        final Map<Resource, Long> refusedAtNanos = new HashMap<>();
    }

    /** @param memory for how long a vote counts */
    public HealthVotes(Duration memory) {
        this.memoryNanos = memory.toNanos();
    }

    /** The peer has shown that it belongs to the cluster. */
    public void admit(Resource voter) {
        if (voters.size() < MOST_VOTERS) voters.add(voter);
    }

    /** The peer is no longer connected: it votes no more, and what it said does not count. */
    public void dismiss(Resource voter) {
        voters.remove(voter);
        pods.values().forEach(evidence -> evidence.refusedAtNanos.remove(voter));
    }

    /** The pod takes part; evidence is collected for such pods only. */
    public void watch(Resource pod) {
        pods.computeIfAbsent(pod, p -> new Evidence());
    }

    public void forget(Resource pod) {
        pods.remove(pod);
    }

    public void streamBroke(Resource pod) {
        Evidence evidence = pods.get(pod);
        if (evidence != null) evidence.streamBroke = true;
    }

    /** The pod's heartbeat came. */
    public void heard(Resource pod) {
        Evidence evidence = pods.get(pod);
        if (evidence != null) evidence.streamBroke = false;
    }

    /** @param isGone whether the platform says that the pod is not there or not ready */
    public void platform(Resource pod, boolean isGone) {
        Evidence evidence = pods.get(pod);
        if (evidence != null) evidence.platformSaysGone = isGone;
    }

    /** A clerk could not connect. A pod has no vote on itself. */
    public void refused(Resource pod, Resource voter, long nowNanos) {
        Evidence evidence = pods.get(pod);
        if (evidence != null && voters.contains(voter) && !voter.equals(pod))
            evidence.refusedAtNanos.put(voter, nowNanos);
    }

    /** A clerk got through: it takes its vote back. */
    public void reached(Resource pod, Resource voter) {
        Evidence evidence = pods.get(pod);
        if (evidence != null) evidence.refusedAtNanos.remove(voter);
    }

    public boolean isDead(Resource pod, long nowNanos) {
        Evidence evidence = pods.get(pod);
        if (evidence == null) return false;
        int against = 0;
        if (evidence.streamBroke) against++;
        if (evidence.platformSaysGone) against++;
        if (clerksSayDead(pod, evidence, nowNanos)) against++;
        return against >= 2;
    }

    /** Whether anything is said against the pod by those who need not ask it for anything. */
    public boolean isSuspect(Resource pod) {
        Evidence evidence = pods.get(pod);
        return evidence != null && (evidence.streamBroke || evidence.platformSaysGone);
    }

    private boolean clerksSayDead(Resource pod, Evidence evidence, long nowNanos) {
        evidence.refusedAtNanos.values().removeIf(at -> nowNanos - at >= memoryNanos);
        int others = voters.size() - (voters.contains(pod) ? 1 : 0);
        return others > 0 && 2 * evidence.refusedAtNanos.size() >= others;
    }
}
