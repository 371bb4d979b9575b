package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.AssignerAction;
import io.sluice.sharder.assigner.AssignerEvent;
import io.sluice.sharder.assigner.AssignerMachine;
import io.sluice.sharder.assigner.CandidateMachine;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.store.ShardStore;
import io.sluice.sharder.watch.Differences;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A candidate for the assigner's office and, while it believes to hold it, the assigner: the production machines and
 * feeds, over simulated streams and a simulated store. Several of them live at once.
 */
final class SimulatedAssigner {
    private static final long NOTICED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    final Resource self;
    private final CandidateMachine candidate;
    private final SimulatedStore store;
    private final Policy policy;
    private final Clock clock;
    private final VirtualTime time;
    private final Alarm candidateAlarm;
    private final Alarm assignerAlarm;
    private final SplittableRandom random;
    private final Faults faults;
    private final Differences differences = new Differences();
    private final Set<Stream> streams = new LinkedHashSet<>();
    private final Map<Resource, Stream> streamOf = new LinkedHashMap<>();
    private final Deque<Runnable> missed = new ArrayDeque<>();
    private @Nullable AssignerMachine machine;
    private boolean isPaused;
    private boolean isDead;

    SimulatedAssigner(
            Resource self,
            Clock clock,
            VirtualTime time,
            SplittableRandom random,
            Faults faults,
            SimulatedStore store,
            Policy policy) {
        this.self = self;
        this.clock = clock;
        this.time = time;
        this.random = random;
        this.faults = faults;
        this.store = store;
        this.policy = policy;
        this.candidateAlarm = new Alarm(time, clock, () -> happens(this::stand));
        this.assignerAlarm = new Alarm(time, clock, () -> happens(this::advance));
        this.candidate = new CandidateMachine(LeaseTerms.STANDARD, ownNanos());
        stand();
    }

    boolean isInOffice() {
        return !isDead && machine != null;
    }

    Assignment assignment() {
        return machine == null ? Assignment.NONE : machine.assignment();
    }

    /** How many pods it hears from. */
    int streams() {
        return streamOf.size();
    }

    void crash() {
        isDead = true;
        List.copyOf(streams).forEach(this::cut);
    }

    /** A pause as of a garbage collection: time goes by, messages wait. */
    void pause(long nanos) {
        if (isPaused) return;
        isPaused = true;
        time.after(nanos, () -> {
            isPaused = false;
            while (!missed.isEmpty() && !isPaused) missed.remove().run();
        });
    }

    private void happens(Runnable event) {
        if (isDead) return;
        if (isPaused) missed.add(event);
        else event.run();
    }

    // --- Streams ---

    Stream open(SimulatedPod pod) {
        Stream stream = new Stream(pod, time, random.split(), faults, differences);
        streams.add(stream);
        return stream;
    }

    void send(Stream stream, Upstream message) {
        stream.up(message, up -> happens(() -> received(stream, up)));
    }

    /** The pod ended the stream, or its host did; the assigner notices soon. */
    void hangUp(Stream stream) {
        stream.breakDown();
        time.after(NOTICED_AFTER_NANOS, () -> happens(() -> vanished(stream)));
    }

    /** The network ended the stream; both sides notice soon. */
    void cut(SimulatedPod pod) {
        streams.stream().filter(s -> s.pod == pod && !s.isBroken()).toList().forEach(this::cut);
    }

    private void cut(Stream stream) {
        hangUp(stream);
        time.after(NOTICED_AFTER_NANOS, () -> stream.pod.lostStream(stream));
    }

    private void received(Stream from, Upstream message) {
        if (machine == null) {
            cut(from);
            return;
        }
        if (message instanceof Upstream.Hello hello) from.feed.greeted(hello, assignment());
        else if (message instanceof Upstream.SnapshotWanted) from.feed.snapshotWanted();
        else if (message instanceof Upstream.Goodbye goodbye) on(machine, new AssignerEvent.Goodbye(goodbye.pod()));
        else if (message instanceof Upstream.Heartbeat heartbeat) {
            flush(from);
            streamOf.put(heartbeat.pod(), from);
            on(machine, new AssignerEvent.Heartbeat(heartbeat));
        }
        flush(from);
    }

    private void vanished(Stream stream) {
        streams.remove(stream);
        if (streamOf.remove(stream.pod.self, stream) && machine != null)
            on(machine, new AssignerEvent.StreamBroke(stream.pod.self));
    }

    private void flush(Stream stream) {
        stream.feed.next(assignment(), ownNanos()).ifPresent(stream::down);
    }

    // --- Office ---

    private void stand() {
        carryOut(candidate.advance(ownNanos()));
    }

    private void on(CandidateMachine.Event event) {
        carryOut(candidate.on(event, ownNanos()));
    }

    private void carryOut(CandidateMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        candidateAlarm.set(decision.wakeAtNanos());
    }

    private void carryOut(CandidateMachine.Action action) {
        if (action instanceof CandidateMachine.Action.Question question)
            ask(s -> question.ask(s, self, self.address()), this::on, () -> on(new CandidateMachine.Event.Lost()));
        else if (action instanceof CandidateMachine.Action.Begin begin) {
            machine = new AssignerMachine(
                    LeaseTerms.STANDARD, policy, begin.self().incarnation(), ownNanos(), () -> true);
            advance();
        } else {
            machine = null;
            streamOf.clear();
            List.copyOf(streams).forEach(this::cut);
        }
    }

    private <T> void ask(Function<ShardStore, T> question, Consumer<T> answer, Runnable lost) {
        store.ask(this, question, a -> happens(() -> answer.accept(a)), () -> happens(lost));
    }

    // --- Assigning ---

    private void advance() {
        if (machine != null) carryOut(machine.advance(ownNanos()));
    }

    private void on(AssignerMachine asked, AssignerEvent event) {
        if (machine == asked) carryOut(asked.on(event, ownNanos()));
    }

    private void carryOut(AssignerMachine.Decision decision) {
        AssignerMachine deciding = machine;
        for (AssignerAction action : decision.actions()) if (deciding != null) carryOut(deciding, action);
        assignerAlarm.set(decision.wakeAtNanos());
    }

    private void carryOut(AssignerMachine deciding, AssignerAction action) {
        if (action instanceof AssignerAction.Publish) streams.forEach(this::flush);
        else if (action instanceof AssignerAction.Answer answer) answer(answer);
        else if (action instanceof AssignerAction.Question question)
            ask(question::ask, event -> on(deciding, event), () -> on(deciding, question.lost()));
        else on(new CandidateMachine.Event.Resigned());
    }

    private void answer(AssignerAction.Answer answer) {
        Stream stream = streamOf.get(answer.pod());
        if (stream != null) stream.down(new Downstream.Answer(answer.sequence(), stream.feed.sentGeneration()));
    }

    private long ownNanos() {
        return clock.read(time.nowNanos());
    }
}
