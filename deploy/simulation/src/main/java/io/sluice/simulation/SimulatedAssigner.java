package io.sluice.simulation;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.LeaseTerms;
import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.AssignerAction;
import io.sluice.sharder.assigner.AssignerEvent;
import io.sluice.sharder.assigner.AssignerMachine;
import io.sluice.sharder.assigner.Predecessors;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The production machine and its feeds, over simulated streams. */
final class SimulatedAssigner {
    private static final long NOTICED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final AssignerMachine machine;
    private final Clock clock;
    private final VirtualTime time;
    private final Alarm alarm;
    private final SplittableRandom random;
    private final Faults faults;
    private final Set<Stream> streams = new LinkedHashSet<>();
    private final Map<Resource, Stream> streamOf = new LinkedHashMap<>();

    SimulatedAssigner(Clock clock, VirtualTime time, SplittableRandom random, Faults faults) {
        this.clock = clock;
        this.time = time;
        this.alarm = new Alarm(time, clock, this::advance);
        this.random = random;
        this.faults = faults;
        this.machine = new AssignerMachine(LeaseTerms.STANDARD, 1, Predecessors.MAY_HAVE_GRANTED_LEASES, ownNanos());
        advance();
    }

    Assignment assignment() {
        return machine.assignment();
    }

    Stream open(SimulatedPod pod) {
        Stream stream = new Stream(pod, time, random.split(), faults);
        streams.add(stream);
        return stream;
    }

    void send(Stream stream, Upstream message) {
        stream.up(message, up -> received(stream, up));
    }

    /** The pod ended the stream, or its host did; the assigner notices soon. */
    void hangUp(Stream stream) {
        stream.breakDown();
        time.after(NOTICED_AFTER_NANOS, () -> vanished(stream));
    }

    /** The network ended the stream; both sides notice soon. */
    void cut(SimulatedPod pod) {
        streams.stream().filter(s -> s.pod == pod && !s.isBroken()).toList().forEach(stream -> {
            hangUp(stream);
            time.after(NOTICED_AFTER_NANOS, () -> pod.lostStream(stream));
        });
    }

    private void received(Stream from, Upstream message) {
        if (message instanceof Upstream.Hello hello) from.feed.greeted(hello, assignment());
        else if (message instanceof Upstream.SnapshotWanted) from.feed.snapshotWanted();
        else if (message instanceof Upstream.Goodbye goodbye) member(from, new AssignerEvent.Goodbye(goodbye.pod()));
        else if (message instanceof Upstream.Heartbeat heartbeat) {
            flush(from);
            member(from, new AssignerEvent.Heartbeat(heartbeat.pod(), heartbeat.sequence(), heartbeat.known()));
        }
        flush(from);
    }

    private void member(Stream from, AssignerEvent event) {
        streamOf.put(event.pod(), from);
        carryOut(machine.on(event, ownNanos()));
    }

    private void vanished(Stream stream) {
        streams.remove(stream);
        if (streamOf.remove(stream.pod.self, stream))
            carryOut(machine.on(new AssignerEvent.StreamBroke(stream.pod.self), ownNanos()));
    }

    private void advance() {
        carryOut(machine.advance(ownNanos()));
    }

    private void carryOut(AssignerMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        alarm.set(decision.wakeAtNanos());
    }

    private void carryOut(AssignerAction action) {
        if (action instanceof AssignerAction.Publish) streams.forEach(this::flush);
        else if (action instanceof AssignerAction.Answer answer)
            tell(answer.pod(), answer.sequence(), answer.leaseRenewed());
        else if (action instanceof AssignerAction.Dismiss dismiss && streamOf.containsKey(dismiss.pod()))
            streamOf.remove(dismiss.pod()).down(new Downstream.Dismissal(dismiss.reason()));
    }

    private void tell(Resource pod, long sequence, boolean leaseRenewed) {
        Stream stream = streamOf.get(pod);
        if (stream != null) stream.down(new Downstream.Answer(sequence, leaseRenewed, stream.feed.sentGeneration()));
    }

    private void flush(Stream stream) {
        stream.feed.next(assignment(), ownNanos()).ifPresent(stream::down);
    }

    private long ownNanos() {
        return clock.read(time.nowNanos());
    }
}
