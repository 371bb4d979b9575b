package io.sluice.simulation;

import io.sluice.sharder.Consistency;
import io.sluice.sharder.Generation;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.grpc.VitalSigns;
import io.sluice.sharder.load.LoadMeter;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.slicelet.Holdings;
import io.sluice.sharder.slicelet.SliceletAction;
import io.sluice.sharder.slicelet.SliceletEvent;
import io.sluice.sharder.slicelet.SliceletMachine;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.watch.WatchEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One life of a pod: the production machine on a clock of its own, which can pause, crash and leave. */
final class SimulatedPod implements Holder {
    private static final long LONGEST_PREPARATION_NANOS = TimeUnit.SECONDS.toNanos(2);

    final Resource self;
    private final SliceletMachine machine;
    private final Clock clock;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Alarm alarm;
    private final SimulatedStore store;
    private final Function<String, Optional<SimulatedAssigner>> assigners;
    private final Deque<Runnable> missed = new ArrayDeque<>();
    private final SimulatedLoans loans;
    private State state = State.RUNNING;
    private @Nullable Connection connection;
    private @Nullable VitalSigns vitals;
    private @Nullable OneMemory memory;

    private enum State {
        RUNNING,
        PAUSED,
        DEAD
    }

    private record Connection(SimulatedAssigner assigner, Stream stream) {}

    /** @param assigners who listens at an address */
    SimulatedPod(
            Resource self,
            Clock clock,
            VirtualTime time,
            SplittableRandom random,
            SimulatedStore store,
            Function<String, Optional<SimulatedAssigner>> assigners,
            PodNetwork network,
            Register register) {
        this.self = self;
        this.clock = clock;
        this.time = time;
        this.random = random;
        this.alarm = new Alarm(time, clock, this::wake);
        this.store = store;
        this.assigners = assigners;
        this.machine =
                new SliceletMachine(self, LeaseTerms.STANDARD, Consistency.LINEARIZABLE, random.split(), ownNanos());
        this.loans = new SimulatedLoans(this, clock, time, network, store, register);
        wake();
    }

    @Override
    public Resource self() {
        return self;
    }

    @Override
    public boolean isAlive() {
        return state != State.DEAD;
    }

    @Override
    public Holdings holdings() {
        return machine.holdings();
    }

    /** What the pod would answer now. A paused one answers nothing, but its lease must have an end all the same. */
    @Override
    public boolean owns(SliceKey key) {
        return isAlive() && holdings().owns(key, ownNanos()) == Ownership.Answer.OWNED;
    }

    /** From now on it tells of its load. @return where to tell what it serves */
    LoadMeter measure(PodTraits traits) {
        VitalSigns begun = new VitalSigns(traits, ownNanos());
        vitals = begun;
        return begun.meter();
    }

    /** A pause as of a garbage collection: time goes by, messages wait. */
    void pause(long nanos) {
        if (state != State.RUNNING) return;
        state = State.PAUSED;
        time.after(nanos, this::resume);
    }

    void crash() {
        state = State.DEAD;
        disconnect();
    }

    void leave() {
        happens(() -> machine.leave(ownNanos()));
    }

    void drain() {
        happens(() -> machine.drain(ownNanos()));
    }

    void receive(Stream from, Downstream message) {
        happens(() -> isCurrent(from) ? watched(new WatchEvent.Received(known(message))) : advance());
    }

    /** From now on it takes over what other pods have worked out of the same messages. */
    void share(OneMemory shared) {
        memory = shared;
    }

    private Downstream known(Downstream message) {
        return memory == null ? message : memory.received(message, holdings().assignment());
    }

    void lostStream(Stream which) {
        happens(() -> {
            if (!isCurrent(which)) return advance();
            connection = null;
            return watched(new WatchEvent.Broke());
        });
    }

    private boolean isCurrent(Stream stream) {
        return connection != null && connection.stream() == stream;
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

    private SliceletMachine.Decision watched(WatchEvent event) {
        return machine.on(new SliceletEvent.Watched(event), ownNanos());
    }

    private void on(SliceletEvent event) {
        happens(() -> machine.on(event, ownNanos()));
    }

    SimulatedLoans loans() {
        return loans;
    }

    /** What happens to this pod, at once or when it comes to itself. */
    void act(Runnable event) {
        if (state == State.RUNNING) event.run();
        else if (state == State.PAUSED) missed.add(event);
    }

    private void happens(Supplier<SliceletMachine.Decision> event) {
        act(() -> carryOut(event.get()));
    }

    private void carryOut(SliceletMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        alarm.set(decision.wakeAtNanos());
    }

    private void carryOut(SliceletAction action) {
        if (action instanceof SliceletAction.Connect connect) connect(connect.assigner());
        else if (action instanceof SliceletAction.Disconnect) disconnect();
        else if (action instanceof SliceletAction.Send send && connection != null)
            connection.assigner().send(connection.stream(), withVitals(send.message()));
        else if (action instanceof SliceletAction.Question question)
            store.ask(this, s -> question.ask(s, self), this::on, () -> on(question.lost()));
        else if (action instanceof SliceletAction.Notify notify) {
            loans.changed(notify.change());
            if (!notify.change().coming().isEmpty()) prepare(notify.asked());
        }
    }

    private Upstream withVitals(Upstream message) {
        return vitals == null ? message : vitals.addTo(message, holdings().assignment(), ownNanos());
    }

    private void prepare(Generation asked) {
        time.after(random.nextLong(LONGEST_PREPARATION_NANOS), () -> on(new SliceletEvent.Prepared(asked)));
    }

    private void connect(String address) {
        Optional<SimulatedAssigner> there = assigners.apply(address);
        if (there.isEmpty()) {
            time.after(0, () -> happens(() -> watched(new WatchEvent.Broke())));
            return;
        }
        Connection opened = new Connection(there.get(), there.get().open(this));
        connection = opened;
        time.after(0, () -> happens(() -> opened == connection ? watched(new WatchEvent.Connected()) : advance()));
    }

    private void disconnect() {
        if (connection != null) connection.assigner().hangUp(connection.stream());
        connection = null;
    }

    long ownNanos() {
        return clock.read(time.nowNanos());
    }
}
