package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.PodStatus.Standing;
import io.sluice.sharder.watch.Downstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides who owns which slice. No threads, no clock, no I/O; confined to one thread.
 *
 * <p>No key ever has two owners that both may serve. Three rules make it so:
 *
 * <ol>
 *   <li>A slice taken from a living pod is first published as <em>awaiting release</em>: requests go to the new owner,
 *       which may not serve yet.
 *   <li>It becomes <em>held</em> when the former owner confirms a generation that took the slice from it, says goodbye,
 *       or lets its lease run out on our clock.
 *   <li>A lease is renewed only for a pod that knows the last generation that took something from it. So a pod that
 *       slept through a change cannot prolong its rights under the map it remembers, and a hand-over never takes
 *       longer than a lease.
 * </ol>
 *
 * <p>A pod is given slices once it holds the current map and is taken off the map when its lease ends. When nobody is
 * left the map stays as it is: it names pods that cannot serve, and moves with the first that joins.
 */
public final class AssignerMachine {
    private static final long NEVER = Long.MAX_VALUE;

    private final LeaseTerms terms;
    private final long quietUntilNanos;
    private final Map<Resource, Member> members = new TreeMap<>();
    private final Seating seating = new Seating();
    private Generation generation;
    private Assignment assignment = Assignment.NONE;
    private boolean overtaken;

    /** @param incarnation must grow from one assigner of a target to the next; milliseconds since 1970 serve well */
    public AssignerMachine(LeaseTerms terms, long incarnation, Predecessors predecessors, long nowNanos) {
        this.terms = terms;
        this.generation = new Generation(incarnation, 0);
        this.quietUntilNanos = predecessors == Predecessors.NONE ? nowNanos : nowNanos + terms.grantedNanos();
    }

    /** What all subscribers should hold. */
    public Assignment assignment() {
        return assignment;
    }

    public List<PodStatus> pods(long nowNanos) {
        return members.values().stream().map(m -> m.status(nowNanos)).toList();
    }

    public Decision on(AssignerEvent event, long nowNanos) {
        List<AssignerAction> actions = new ArrayList<>();
        forgetTheDead(nowNanos);
        Optional<AssignerAction> reply = reply(event, nowNanos);
        settle(nowNanos).ifPresent(actions::add);
        reply.map(r -> renew(r, nowNanos)).ifPresent(actions::add);
        return new Decision(List.copyOf(actions), wakeAtNanos(nowNanos));
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        forgetTheDead(nowNanos);
        List<AssignerAction> actions = settle(nowNanos).map(List::of).orElse(List.of());
        return new Decision(actions, wakeAtNanos(nowNanos));
    }

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link #advance} at the latest
     */
    public record Decision(List<AssignerAction> actions, long wakeAtNanos) {}

    private Optional<AssignerAction> reply(AssignerEvent event, long nowNanos) {
        if (event instanceof AssignerEvent.Heartbeat heartbeat) return Optional.of(heard(heartbeat, nowNanos));
        if (event instanceof AssignerEvent.Goodbye goodbye) return Optional.of(left(goodbye.pod(), nowNanos));
        Member member = members.get(event.pod());
        if (member != null) member.connected = false;
        return Optional.empty();
    }

    private AssignerAction heard(AssignerEvent.Heartbeat heartbeat, long nowNanos) {
        Resource pod = heartbeat.pod();
        if (members.keySet().stream().anyMatch(other -> other.supersedes(pod)))
            return new AssignerAction.Dismiss(pod, Downstream.Reason.SUPERSEDED);
        Member member = members.computeIfAbsent(pod, p -> new Member(p, generation));
        if (member.standing == Standing.LEFT) return new AssignerAction.Dismiss(pod, Downstream.Reason.LEFT);
        member.connected = true;
        if (generation.incarnation() < heartbeat.known().incarnation()) overtake(heartbeat.known());
        else member.confirm(heartbeat.known());
        if (member.standing == Standing.JOINING) admit(member, nowNanos);
        return new AssignerAction.Answer(pod, heartbeat.sequence(), false);
    }

    private void admit(Member member, long nowNanos) {
        member.deadlineNanos = nowNanos + terms.grantedNanos();
        if (nowNanos < quietUntilNanos || (!assignment.isEmpty() && !member.isUpToDate())) return;
        member.standing = Standing.SERVING;
        members.values().stream()
                .filter(other -> other.isServing() && member.pod.supersedes(other.pod))
                .forEach(other -> other.standing = Standing.SUPERSEDED);
    }

    // A pod has seen a later assigner than us, whose clock ran ahead of ours. Its maps mean nothing here, so neither
    // does what the pod knows; we step over that incarnation and make everybody learn our map anew.
    private void overtake(Generation foreign) {
        generation = new Generation(foreign.incarnation() + 1, 0);
        overtaken = true;
    }

    private AssignerAction left(Resource pod, long nowNanos) {
        Member member = members.computeIfAbsent(pod, p -> new Member(p, generation));
        member.standing = Standing.LEFT;
        member.deadlineNanos = nowNanos + terms.grantedNanos();
        return new AssignerAction.Dismiss(pod, Downstream.Reason.LEFT);
    }

    private void forgetTheDead(long nowNanos) {
        members.values().removeIf(member -> member.deadlineNanos <= nowNanos);
    }

    /** Brings the seating up to date with the members; publishes only if that changed anything. */
    private Optional<AssignerAction> settle(long nowNanos) {
        if (nowNanos < quietUntilNanos) return Optional.empty();
        Generation next = generation.next();
        boolean changed = seating.settle(members, next);
        if (seating.isEmpty() || (!changed && !overtaken)) return Optional.empty();
        if (overtaken) members.values().forEach(member -> member.mustKnow = next);
        overtaken = false;
        generation = next;
        assignment = new Assignment(next, seating.tenures());
        return Optional.of(new AssignerAction.Publish(assignment));
    }

    // After settling, because settling may have taken something from this very pod.
    private AssignerAction renew(AssignerAction reply, long nowNanos) {
        if (!(reply instanceof AssignerAction.Answer answer)) return reply;
        Member member = members.get(answer.pod());
        if (member == null || !member.isServing() || !member.isUpToDate()) return answer;
        member.deadlineNanos = nowNanos + terms.grantedNanos();
        return new AssignerAction.Answer(answer.pod(), answer.sequence(), true);
    }

    private long wakeAtNanos(long nowNanos) {
        long soonest = members.values().stream()
                .mapToLong(member -> member.deadlineNanos)
                .min()
                .orElse(NEVER);
        return nowNanos < quietUntilNanos ? Math.min(soonest, quietUntilNanos) : soonest;
    }
}
