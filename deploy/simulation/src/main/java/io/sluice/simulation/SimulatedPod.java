package io.sluice.simulation;

import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.slicelet.Holdings;
import io.sluice.sharder.slicelet.SliceletAction;
import io.sluice.sharder.slicelet.SliceletMachine;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.WatchEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One life of a pod: the production machine on a clock of its own, which can pause, crash and leave. */
final class SimulatedPod {
    final Resource self;
    private final SliceletMachine machine;
    private final Clock clock;
    private final VirtualTime time;
    private final Alarm alarm;
    private final SimulatedAssigner assigner;
    private final Deque<Runnable> missed = new ArrayDeque<>();
    private State state = State.RUNNING;
    private @Nullable Stream stream;

    private enum State {
        RUNNING,
        PAUSED,
        DEAD
    }

    SimulatedPod(Resource self, Clock clock, VirtualTime time, SplittableRandom random, SimulatedAssigner assigner) {
        this.self = self;
        this.clock = clock;
        this.time = time;
        this.alarm = new Alarm(time, clock, this::wake);
        this.assigner = assigner;
        this.machine = new SliceletMachine(self, LeaseTerms.STANDARD, random, ownNanos());
        wake();
    }

    boolean isAlive() {
        return state != State.DEAD;
    }

    Holdings holdings() {
        return machine.holdings();
    }

    /** What the pod would answer now. A paused one answers nothing, but its lease must have an end all the same. */
    boolean owns(SliceKey key) {
        return isAlive() && holdings().owns(key, ownNanos()) == Ownership.Answer.OWNED;
    }

    /** A pause as of a garbage collection: time goes by, messages wait. */
    void pause(long nanos) {
        if (state != State.RUNNING) return;
        state = State.PAUSED;
        time.after(nanos, this::resume);
    }

    void crash() {
        state = State.DEAD;
        if (stream != null) assigner.hangUp(stream);
    }

    void leave() {
        happens(() -> machine.leave(ownNanos()));
    }

    void receive(Stream from, Downstream message) {
        happens(() -> from == stream ? machine.on(new WatchEvent.Received(message), ownNanos()) : advance());
    }

    void lostStream(Stream which) {
        happens(() -> {
            if (which != stream) return advance();
            stream = null;
            return machine.on(new WatchEvent.Broke(), ownNanos());
        });
    }

    private void resume() {
        if (state != State.PAUSED) return;
        state = State.RUNNING;
        while (!missed.isEmpty()) missed.remove().run();
    }

    private void wake() {
        happens(this::advance);
    }

    private SliceletMachine.Decision advance() {
        return machine.advance(ownNanos());
    }

    private void happens(Supplier<SliceletMachine.Decision> event) {
        if (state == State.RUNNING) carryOut(event.get());
        else if (state == State.PAUSED) missed.add(() -> carryOut(event.get()));
    }

    private void carryOut(SliceletMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        alarm.set(decision.wakeAtNanos());
    }

    private void carryOut(SliceletAction action) {
        if (action instanceof SliceletAction.Connect) connect();
        else if (action instanceof SliceletAction.Disconnect) disconnect();
        else if (action instanceof SliceletAction.Send send && stream != null) assigner.send(stream, send.message());
    }

    private void connect() {
        Stream opened = assigner.open(this);
        stream = opened;
        time.after(
                0,
                () -> happens(() -> opened == stream ? machine.on(new WatchEvent.Connected(), ownNanos()) : advance()));
    }

    private void disconnect() {
        if (stream != null) assigner.hangUp(stream);
        stream = null;
    }

    private long ownNanos() {
        return clock.read(time.nowNanos());
    }
}
