package io.sluice.sharder.assigner;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Generation;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.load.Vitals;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.placement.PlannedSlice;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.placement.RoundEvent;
import io.sluice.sharder.placement.RoundMachine;
import io.sluice.sharder.store.CommitOutcome;
import io.sluice.sharder.store.MapChange;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.Roll;
import io.sluice.sharder.watch.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides who owns which slice. No threads, no clock, no I/O; confined to one thread.
 *
 * <p>No key ever has two owners that both may serve, whatever is lost, late or believed. The store carries that, not
 * this machine's memory, so it holds for two assigners at once and for none:
 *
 * <ol>
 *   <li>A pod serves by the map it holds while its lease lasts, and renews the lease in the store every second.
 *   <li>The transaction that takes a slice from a pod also demands of the pod to know so: from then on its lease is not
 *       renewed under an older map. The slice is <em>awaited</em>: requests go to the new owner, which may not serve yet.
 *   <li>It is <em>firm</em> when the former owner is known to hold the newer map, has left, or the length of a lease has
 *       gone by since that transaction or, as the roll says that was asked for after it, since the former owner's last
 *       renewal.
 *   <li>A pod whose renewals have stood still for the length of a lease has none. What is taken from it is firm at once,
 *       provided that the transaction still finds that same renewal.
 * </ol>
 *
 * <p>A slice that changes hands while its owner lives is first <em>handed over</em>: the successor prepares while the
 * owner serves on. When nobody is left the map stays as it is: it names pods that cannot serve, and moves with the first
 * that joins.
 */
public final class AssignerMachine {
    static final long READ_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Longer looks away prove nothing: the store may have been down for everybody. */
    private static final long LONGEST_GAP_NANOS = 2 * READ_EVERY_NANOS;
    /**
     * Each map is a message to every pod. Successors that get ready one by one therefore take over together, the more of
     * them the more pods there are; nobody misses anything, for the owners serve on. What no pod serves never waits.
     */
    private static final long TAKE_PAUSE_NANOS_PER_POD = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LONGEST_TAKE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LeaseTerms terms;
    private final long incarnation;
    private final Map<Resource, Member> members = new TreeMap<>();
    private final Hearsay hearsay = new Hearsay();
    private final Doubts doubts = new Doubts();
    private final Turns turns;
    private final Roster roster;
    private final RoundMachine rounds;
    private Assignment assignment = Assignment.NONE;
    private boolean frozen;
    private Knowledge knowledge = Knowledge.NOTHING;
    private @Nullable Assignment proposed;
    private boolean isReading;
    private boolean resigned;
    private List<PlannedSlice> wanted = List.of();
    private Set<Resource> takers = Set.of();
    private boolean isRosterFresh;
    private long rosterAtNanos = Long.MAX_VALUE;
    private long roundAtNanos;
    private boolean isSettled = true;
    /** Whether a successor has got ready since slices were last taken. */
    private boolean takesWait;

    private long takeAtNanos;
    private long readAtNanos;
    private long lastReadNanos;
    /** When the roll was last asked for, and when that which was read last. */
    private long askedNanos;

    private long rollAsOfNanos;

    /** What the machine has learnt from the store since it began. */
    private enum Knowledge {
        NOTHING,
        MAP_WANTED,
        MAP,
        ALL
    }

    /**
     * @param incarnation of the leader, begins the generations of its maps
     * @param mayGoOn asked within a round of placement; false ends it with what is done
     */
    public AssignerMachine(LeaseTerms terms, Policy policy, long incarnation, long nowNanos, BooleanSupplier mayGoOn) {
        this.terms = terms;
        this.incarnation = incarnation;
        this.turns = new Turns(terms);
        this.roster = new Roster(terms, hearsay);
        this.rounds = new RoundMachine(policy, nowNanos, mayGoOn);
        this.takeAtNanos = nowNanos;
        this.readAtNanos = nowNanos;
        this.lastReadNanos = nowNanos;
    }

    /** What all subscribers should hold. */
    public Assignment assignment() {
        return assignment;
    }

    /** Where the load is, as far as the pods have told. */
    public Board board() {
        return rounds.board();
    }

    public boolean isFrozen() {
        return frozen;
    }

    public List<PodStatus> pods() {
        return members.values().stream().map(m -> m.status(terms)).toList();
    }

    public Decision on(AssignerEvent event, long nowNanos) {
        List<AssignerAction> actions = new ArrayList<>();
        hear(event, actions, nowNanos);
        return decide(actions, nowNanos);
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        return decide(new ArrayList<>(), nowNanos);
    }

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link #advance} at the latest
     */
    public record Decision(List<AssignerAction> actions, long wakeAtNanos) {}

    private Decision decide(List<AssignerAction> actions, long nowNanos) {
        if (resigned) return new Decision(List.copyOf(actions), Long.MAX_VALUE);
        if (knowledge == Knowledge.NOTHING) {
            knowledge = Knowledge.MAP_WANTED;
            actions.add(new AssignerAction.ReadMap());
        }
        place(nowNanos);
        settle(actions, nowNanos);
        if (!isReading && nowNanos >= readAtNanos) {
            isReading = true;
            askedNanos = nowNanos;
            actions.add(new AssignerAction.ReadRoll());
        }
        return new Decision(List.copyOf(actions), wakeAtNanos(nowNanos));
    }

    private long wakeAtNanos(long nowNanos) {
        boolean knowsAll = knowledge == Knowledge.ALL;
        long placeNanos = knowsAll ? placeAtNanos() : Long.MAX_VALUE;
        long takeNanos = takesWait && knowsAll && proposed == null ? takeAtNanos : Long.MAX_VALUE;
        long turnNanos = Math.min(takeNanos, turns.wakeAtNanos(nowNanos));
        long readNanos = isReading ? Long.MAX_VALUE : readAtNanos;
        return Math.min(readNanos, Math.min(placeNanos, turnNanos));
    }

    private long placeAtNanos() {
        return frozen || takers.isEmpty() ? rosterAtNanos : Math.min(rosterAtNanos, roundAtNanos);
    }

    private void hear(AssignerEvent event, List<AssignerAction> actions, long nowNanos) {
        if (event instanceof AssignerEvent.Heartbeat heartbeat) heard(heartbeat.heard(), actions, nowNanos);
        else if (event instanceof AssignerEvent.Goodbye goodbye) left(goodbye.pod());
        else if (event instanceof AssignerEvent.StreamBroke broke) streamBroke(broke.pod());
        else if (event instanceof AssignerEvent.Noticed noticed) noticed(noticed.notice(), nowNanos);
        else if (event instanceof AssignerEvent.RollRead read) read(read.roll(), actions, nowNanos);
        else if (event instanceof AssignerEvent.RollLost) readAgain(nowNanos + READ_EVERY_NANOS);
        else if (event instanceof AssignerEvent.Committed committed) committed(committed.outcome(), actions, nowNanos);
        else if (event instanceof AssignerEvent.CommitLost) disbelieve();
        else if (event instanceof AssignerEvent.MapRead read) read(read.map(), actions, nowNanos);
        else if (event instanceof AssignerEvent.MapLost) knowledge = Knowledge.NOTHING;
    }

    private void heard(Upstream.Heartbeat heartbeat, List<AssignerAction> actions, long nowNanos) {
        Resource pod = heartbeat.pod();
        Member member = members.get(pod);
        // Not on the roll, or dead, as far as we know: look there at once.
        if (member == null || member.isExpired(terms)) readAtNanos = Math.min(readAtNanos, nowNanos);
        if (member != null) {
            PodTraits traits = member.traits;
            if (member.hears(heartbeat)) progressed(pod);
            isRosterFresh &= traits.equals(member.traits);
            doubts.heard(pod);
            heartbeat.vitals().ifPresent(vitals -> measured(pod, vitals, nowNanos));
        }
        actions.add(new AssignerAction.Answer(pod, heartbeat.sequence()));
    }

    private void progressed(Resource pod) {
        if (turns.awaitLettingGo(pod)) isSettled = false;
        else takesWait |= turns.involve(pod);
    }

    private void measured(Resource pod, Vitals vitals, long nowNanos) {
        doubts.told(pod, vitals, nowNanos);
        if (!frozen && knowledge == Knowledge.ALL)
            follow(rounds.on(new RoundEvent.Reported(pod, vitals.load()), nowNanos));
    }

    private void left(Resource pod) {
        Member member = members.get(pod);
        if (member != null) member.left();
        isSettled = false;
        isRosterFresh = false;
    }

    private void streamBroke(Resource pod) {
        Member member = members.get(pod);
        if (member != null) member.connected = false;
        doubts.streamBroke(pod);
    }

    /** What follows from it is decided with the roll, which is looked at once more. */
    private void noticed(PodNotice notice, long nowNanos) {
        hearsay.hear(notice, nowNanos);
        readAtNanos = Math.min(readAtNanos, nowNanos);
    }

    private void read(Roll roll, List<AssignerAction> actions, long nowNanos) {
        long gapNanos = Math.min(nowNanos - lastReadNanos, LONGEST_GAP_NANOS);
        lastReadNanos = nowNanos;
        rollAsOfNanos = askedNanos;
        readAgain(nowNanos + READ_EVERY_NANOS);
        frozen = roll.frozen();
        isRosterFresh = false;
        Set<Resource> there = roll.leases().stream().map(PodLease::pod).collect(Collectors.toSet());
        List<Member> replaced =
                members.values().stream().filter(m -> !there.contains(m.pod)).toList();
        // Of one that said goodbye we know that it serves nothing, until its last slice is given away.
        members.values().removeIf(m -> !there.contains(m.pod) && !(m.hasLeft() && turns.names(assignment, m.pod)));
        for (PodLease lease : roll.leases()) {
            Member member = members.get(lease.pod());
            if (member == null) members.put(lease.pod(), new Member(lease));
            else read(member, lease, gapNanos);
        }
        hearsay.look(members.keySet());
        doubts.look(members.keySet(), hearsay, nowNanos);
        mournAll(replaced, nowNanos);
        if (knowledge == Knowledge.MAP) knowledge = Knowledge.ALL;
        // Another assigner is at work. Whoever of us is right is decided by the leader's row and by the next commit.
        if (assignment.generation().isBefore(roll.map()) && proposed == null) disbelieve();
        forgetTheLost(actions);
        drainTheEnding(actions);
    }

    private void read(Member member, PodLease lease, long gapNanos) {
        if (member.read(lease, gapNanos) && turns.involve(member.pod)) isSettled = false;
        if (member.isExpired(terms) && turns.awaitLettingGo(member.pod)) isSettled = false;
    }

    /** Tells placement who crashed. @param replaced who is on the roll no more, mostly for another process of its name */
    private void mournAll(List<Member> replaced, long nowNanos) {
        List<Resource> crashed = Stream.concat(
                        replaced.stream().filter(Member::isMissed),
                        members.values().stream().filter(member -> member.isLostAnew(terms)))
                .map(member -> member.pod)
                .toList();
        if (frozen || knowledge != Knowledge.ALL) return;
        for (Resource pod : crashed) follow(rounds.on(new RoundEvent.Crashed(pod), nowNanos));
    }

    private void readAgain(long atNanos) {
        isReading = false;
        readAtNanos = atNanos;
    }

    private void forgetTheLost(List<AssignerAction> actions) {
        for (Member member : members.values())
            if (member.isForgotten(terms) && !turns.names(assignment, member.pod))
                actions.add(new AssignerAction.Forget(member.lease));
    }

    private void drainTheEnding(List<AssignerAction> actions) {
        for (Member member : members.values())
            if (member.takesSlices(terms) && hearsay.isEnding(member.pod))
                actions.add(new AssignerAction.Drain(member.pod));
    }

    private void committed(CommitOutcome outcome, List<AssignerAction> actions, long nowNanos) {
        if (outcome instanceof CommitOutcome.Committed && proposed != null) adopt(proposed, actions, nowNanos);
        else if (outcome instanceof CommitOutcome.Outrun) disbelieve();
        else if (outcome instanceof CommitOutcome.Alive alive && members.containsKey(alive.pod()))
            members.get(alive.pod()).lives();
        proposed = null;
        isSettled = false;
    }

    private void disbelieve() {
        proposed = null;
        knowledge = Knowledge.NOTHING;
    }

    private void read(Assignment stored, List<AssignerAction> actions, long nowNanos) {
        if (stored.generation().incarnation() > incarnation) {
            resigned = true;
            actions.add(new AssignerAction.Resign());
            return;
        }
        // What the pods told so far was told to whoever led before: the roll has to be read after the map.
        knowledge = Knowledge.MAP;
        readAtNanos = nowNanos;
        if (stored.isEmpty()) return;
        adopt(stored, actions, nowNanos);
        wanted = stored.tenures().stream()
                .map(t -> new PlannedSlice(t.slice(), Seating.meantFor(t), t.replicas()))
                .toList();
        follow(rounds.on(new RoundEvent.Adopted(wanted), nowNanos));
    }

    private void adopt(Assignment next, List<AssignerAction> actions, long nowNanos) {
        assignment = next;
        turns.begin(next, nowNanos);
        actions.add(new AssignerAction.Publish(next));
    }

    /** Asks placement what it wants, now that the pods are as they are. */
    private void place(long nowNanos) {
        if (knowledge != Knowledge.ALL) return;
        if (!isRosterFresh || nowNanos >= rosterAtNanos) callRoll(nowNanos);
        if (!frozen && !takers.isEmpty() && nowNanos >= roundAtNanos) follow(rounds.advance(nowNanos));
    }

    private void callRoll(long nowNanos) {
        isRosterFresh = true;
        Set<Resource> now = takers(nowNanos);
        if (!now.equals(takers)) isSettled = false;
        takers = now;
        rosterAtNanos = Long.MAX_VALUE;
        if (takers.isEmpty()) return;
        if (frozen && !wanted.isEmpty()) takeRefuge(nowNanos);
        else
            follow(rounds.on(
                    new RoundEvent.Members(roster.places(members.values(), takers, wanted, nowNanos)), nowNanos));
        rosterAtNanos = roster.wakeAtNanos(nowNanos);
    }

    private void takeRefuge(long nowNanos) {
        List<PlannedSlice> found = Refuge.find(wanted, takers);
        if (found.equals(wanted)) return;
        want(found);
        follow(rounds.on(new RoundEvent.Adopted(found), nowNanos));
    }

    private void follow(RoundMachine.Decision decision) {
        roundAtNanos = decision.wakeAtNanos();
        decision.plan().ifPresent(plan -> want(plan.slices()));
    }

    private void want(List<PlannedSlice> slices) {
        wanted = slices;
        isSettled = false;
    }

    /** A pod that nobody reaches is of no use, unless there is no other. */
    /** Who finds that most of the others cannot be reached is the one that cannot reach. */
    private Set<Resource> takers(long nowNanos) {
        Set<Resource> able = ableNow();
        Set<Resource> trusted = new TreeSet<>(able);
        trusted.removeIf(pod -> doubts.areAbout(pod, nowNanos));
        return 2 * trusted.size() > able.size() ? trusted : able;
    }

    // Of two at one address only the later one gets anything.
    private Set<Resource> ableNow() {
        Map<String, Resource> latest = new HashMap<>();
        for (Member member : members.values())
            if (member.isAlive(terms))
                latest.merge(member.pod.address(), member.pod, (one, other) -> one.supersedes(other) ? one : other);
        Set<Resource> now = new TreeSet<>();
        for (Member member : members.values())
            if (member.takesSlices(terms) && member.pod.equals(latest.get(member.pod.address()))) now.add(member.pod);
        return now;
    }

    /** Brings the map up to date with the pods and with what is wanted; proposes only what differs from it. */
    private void settle(List<AssignerAction> actions, long nowNanos) {
        if (knowledge != Knowledge.ALL || proposed != null) return;
        boolean mayTake = nowNanos >= takeAtNanos;
        if (isSettled && !(takesWait && mayTake) && !turns.isAnyOver(nowNanos)) return;
        isSettled = true;
        takesWait &= !mayTake;
        Seating seating =
                new Seating(members, takers, terms, turns, nextGeneration(), nowNanos, rollAsOfNanos, mayTake);
        List<Tenure> settled = seating.settle(assignment.tenures(), wanted);
        if (settled.equals(assignment.tenures())) return;
        if (mayTake) takeAtNanos = nowNanos + takePauseNanos();
        proposed = new Assignment(nextGeneration(), settled);
        actions.add(new AssignerAction.Commit(
                new MapChange(assignment.generation(), proposed, List.copyOf(seating.demands()))));
    }

    private long takePauseNanos() {
        return Math.min(LONGEST_TAKE_PAUSE_NANOS, TAKE_PAUSE_NANOS_PER_POD * members.size());
    }

    private Generation nextGeneration() {
        Generation now = assignment.generation();
        return now.incarnation() == incarnation ? now.next() : new Generation(incarnation, 1);
    }
}
