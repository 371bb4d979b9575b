package io.sluice.sharder.assigner;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.store.Leader;
import io.sluice.sharder.store.ShardStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether this pod is the assigner. A candidate watches the leader's signs of life in the store and takes its
 * place when they have stood still for the length of a lease, or at once when the leader abdicated. Two that both
 * believe to lead do no harm, because the store refuses changes of a map that is not the one in force; so the leader
 * need not watch its own lease. No threads, no clock, no I/O.
 */
public final class CandidateMachine {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_GAP_NANOS = 2 * LOOK_EVERY_NANOS;

    private final LeaseTerms terms;
    private Optional<Leader> seen = Optional.empty();
    private @Nullable Leader self;
    private long unchangedNanos;
    private long lastLookNanos;
    private long actAtNanos;
    private boolean isWaiting;

    public CandidateMachine(LeaseTerms terms, long nowNanos) {
        this.terms = terms;
        this.lastLookNanos = nowNanos;
        this.actAtNanos = nowNanos;
    }

    public sealed interface Event {
        record LeaderRead(Optional<Leader> leader) implements Event {}

        /** Answers {@link Action.Campaign}; empty if somebody else leads. */
        record Elected(Optional<Leader> self) implements Event {}

        record Held(boolean stillLeading) implements Event {}

        /** The store did not answer. */
        record Lost() implements Event {}

        /** The assigner has found another one at work. */
        record Resigned() implements Event {}
    }

    public sealed interface Action {
        /** Assign from now on. */
        record Begin(Leader self) implements Action {}

        /** Assign no more. */
        record End() implements Action {}

        /** Something to ask of the store; {@link Event.Lost} when it does not answer. */
        sealed interface Question extends Action {
            /**
             * @param self the pod of this candidate
             * @param address where it listens for slicelets
             * @return what to tell the machine then
             */
            Event ask(ShardStore store, Resource self, String address);
        }

        record ReadLeader() implements Question {
            @Override
            public Event ask(ShardStore store, Resource self, String address) {
                return new Event.LeaderRead(store.leader());
            }
        }

        record Campaign(Optional<Leader> seen) implements Question {
            @Override
            public Event ask(ShardStore store, Resource self, String address) {
                return new Event.Elected(store.campaign(self, address, seen));
            }
        }

        record Hold(Leader leader) implements Question {
            @Override
            public Event ask(ShardStore store, Resource self, String address) {
                return new Event.Held(store.hold(leader));
            }
        }
    }

    /** @param wakeAtNanos when to call {@link #advance} at the latest */
    public record Decision(List<Action> actions, long wakeAtNanos) {}

    public Optional<Leader> self() {
        return Optional.ofNullable(self);
    }

    public Decision on(Event event, long nowNanos) {
        isWaiting = false;
        if (event instanceof Event.LeaderRead read) return look(read.leader(), nowNanos);
        if (event instanceof Event.Elected elected) return elected(elected.self(), nowNanos);
        if (event instanceof Event.Held held && held.stillLeading()) return pause(terms.renewalNanos(), nowNanos);
        if (event instanceof Event.Held || event instanceof Event.Resigned) return end(nowNanos);
        return pause(LOOK_EVERY_NANOS, nowNanos);
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        if (isWaiting || nowNanos < actAtNanos) return new Decision(List.of(), isWaiting ? Long.MAX_VALUE : actAtNanos);
        return await(self == null ? new Action.ReadLeader() : new Action.Hold(self));
    }

    private Decision look(Optional<Leader> leader, long nowNanos) {
        boolean isUnchanged = leader.isPresent() && leader.equals(seen);
        unchangedNanos = isUnchanged ? unchangedNanos + Math.min(nowNanos - lastLookNanos, LONGEST_GAP_NANOS) : 0;
        lastLookNanos = nowNanos;
        seen = leader;
        boolean isVacant = leader.isEmpty() || leader.get().hasAbdicated() || unchangedNanos >= terms.grantedNanos();
        return isVacant ? await(new Action.Campaign(seen)) : pause(LOOK_EVERY_NANOS, nowNanos);
    }

    private Decision elected(Optional<Leader> won, long nowNanos) {
        if (won.isEmpty()) return pause(LOOK_EVERY_NANOS, nowNanos);
        self = won.get();
        actAtNanos = nowNanos + terms.renewalNanos();
        return new Decision(List.of(new Action.Begin(self)), actAtNanos);
    }

    private Decision end(long nowNanos) {
        boolean wasLeading = self != null;
        self = null;
        seen = Optional.empty();
        actAtNanos = nowNanos + LOOK_EVERY_NANOS;
        return new Decision(wasLeading ? List.of(new Action.End()) : List.of(), actAtNanos);
    }

    private Decision await(Action action) {
        isWaiting = true;
        return new Decision(List.of(action), Long.MAX_VALUE);
    }

    private Decision pause(long nanos, long nowNanos) {
        actAtNanos = nowNanos + nanos;
        return new Decision(List.of(), actAtNanos);
    }
}
