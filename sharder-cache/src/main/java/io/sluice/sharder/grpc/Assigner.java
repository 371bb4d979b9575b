package io.sluice.sharder.grpc;

import io.grpc.Status;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.AssignerAction;
import io.sluice.sharder.assigner.AssignerEvent;
import io.sluice.sharder.assigner.AssignerMachine;
import io.sluice.sharder.assigner.CandidateMachine;
import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.placement.Board;
import io.sluice.sharder.placement.Policy;
import io.sluice.sharder.store.Leader;
import io.sluice.sharder.watch.Upstream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pod's readiness to be the assigner, and the {@link AssignerMachine} while it is. Any number of pods may offer
 * themselves for a target; the store's row of the leader says which one assigns. Pods serve on while none does.
 */
public final class Assigner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Assigner.class);
    private static final Status NOT_IN_OFFICE = Status.UNAVAILABLE.withDescription(
            "this pod is not the assigner at the moment. The store tells which one is.");
    private static final long LONGEST_ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_FAREWELL_MILLIS = 500;

    private final Cluster cluster;
    private final Resource self;
    private final EventLoop loop;
    private final StoreThread store;
    private final CandidateMachine candidate;
    private final WatchService service;
    private final WatchServer server;
    private final Optional<Lookout> lookout;
    private final Map<Resource, Subscription> streams = new HashMap<>();
    private @Nullable AssignerMachine machine;
    private @Nullable LookoutPost post;
    private long roundEndNanos;

    private Assigner(Cluster cluster, Resource self, String listen, Optional<Lookout> lookout, Time time)
            throws IOException {
        this.cluster = cluster;
        this.self = self;
        this.lookout = lookout;
        this.loop = new EventLoop(time, "assigner-" + cluster.target());
        this.store = new StoreThread(cluster.store(), loop, time, "assigner-store-" + cluster.target());
        this.candidate = new CandidateMachine(cluster.terms(), time.nanos());
        this.service = new WatchService(cluster.target(), loop, new Pods());
        this.server = WatchServer.start(cluster, listen, service);
        loop.execute(this::stand);
    }

    /**
     * Listens at once; see {@link #address}.
     *
     * @param listen {@code host:port} on the network, port 0 for any free one; any name within a process
     */
    public static Assigner start(Cluster cluster, Resource self, String listen) throws IOException {
        return start(cluster, self, listen, Optional.empty());
    }

    /** @param lookout for the pods, kept only while this one assigns */
    public static Assigner start(Cluster cluster, Resource self, String listen, Optional<Lookout> lookout)
            throws IOException {
        return start(cluster, self, listen, lookout, Time.system());
    }

    static Assigner start(Cluster cluster, Resource self, String listen, Optional<Lookout> lookout, Time time)
            throws IOException {
        return new Assigner(cluster, self, listen, lookout, time);
    }

    /** Where slicelets and clerks find it. */
    public String address() {
        return server.address();
    }

    /** Where the load is; empty while another pod assigns. Waits for the assigner's own thread. */
    public Optional<Board> board() {
        CompletableFuture<Optional<Board>> board = new CompletableFuture<>();
        loop.execute(() -> board.complete(Optional.ofNullable(machine).map(AssignerMachine::board)));
        return board.join();
    }

    /** Lets another take over at once, if this one is in office. */
    @Override
    public void close() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        loop.execute(() -> abdicate(told));
        told.completeOnTimeout(null, LONGEST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        kill();
    }

    /** Ends without a word, as a crash would. */
    void kill() {
        server.close();
        loop.execute(this::dismiss);
        loop.close();
        store.close();
    }

    private void abdicate(CompletableFuture<Void> told) {
        dismiss();
        candidate
                .self()
                .ifPresentOrElse(
                        leader -> store.ask(
                                s -> {
                                    s.abdicate(leader);
                                    return true;
                                },
                                done -> told.complete(null),
                                () -> told.complete(null)),
                        () -> told.complete(null));
    }

    // --- Being in office or not ---

    private void stand() {
        carryOut(candidate.advance(loop.nanos()));
    }

    private void on(CandidateMachine.Event event) {
        carryOut(candidate.on(event, loop.nanos()));
    }

    private void carryOut(CandidateMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        loop.wakeAt(decision.wakeAtNanos(), this::wake);
    }

    private void carryOut(CandidateMachine.Action action) {
        if (action instanceof CandidateMachine.Action.Question question)
            store.ask(s -> question.ask(s, self, address()), this::on, () -> on(new CandidateMachine.Event.Lost()));
        else if (action instanceof CandidateMachine.Action.Begin begin) begin(begin.self());
        else end();
    }

    private void begin(Leader leader) {
        LOG.info("target {}: {} is the assigner, incarnation {}", cluster.target(), self, leader.incarnation());
        AssignerMachine begun =
                new AssignerMachine(cluster.terms(), Policy.DEFAULT, leader.incarnation(), loop.nanos(), this::mayGoOn);
        machine = begun;
        post = lookout.map(seeing -> LookoutPost.open(
                        seeing,
                        notice -> loop.execute(() -> on(begun, new AssignerEvent.Noticed(notice))),
                        cluster.target()))
                .orElse(null);
        advance();
    }

    // Heartbeats wait while placement thinks.
    private boolean mayGoOn() {
        return loop.nanos() < roundEndNanos;
    }

    private void end() {
        LOG.warn("target {}: {} is no longer the assigner", cluster.target(), self);
        dismiss();
        streams.clear();
        service.refuseAll(NOT_IN_OFFICE);
    }

    private void dismiss() {
        machine = null;
        if (post != null) post.close();
        post = null;
    }

    // --- Assigning ---

    private void wake() {
        stand();
        advance();
    }

    private void advance() {
        AssignerMachine deciding = machine;
        if (deciding != null) decide(deciding, now -> deciding.advance(now));
    }

    private void decide(AssignerMachine deciding, LongFunction<AssignerMachine.Decision> event) {
        long nowNanos = loop.nanos();
        roundEndNanos = nowNanos + LONGEST_ROUND_NANOS;
        AssignerMachine.Decision decision = event.apply(nowNanos);
        decision.actions().forEach(action -> carryOut(deciding, action));
        loop.wakeAt(decision.wakeAtNanos(), this::wake);
    }

    /** What was asked for by an assigner that resigned meanwhile is of no use to the next one. */
    private void on(AssignerMachine asked, AssignerEvent event) {
        if (machine == asked) decide(asked, now -> asked.on(event, now));
    }

    private void carryOut(AssignerMachine deciding, AssignerAction action) {
        if (action instanceof AssignerAction.Drain drain)
            LOG.info("target {}: {} was told to end and is drained", cluster.target(), drain.pod());
        if (action instanceof AssignerAction.Publish publish) publish(publish.assignment());
        else if (action instanceof AssignerAction.Answer answer) {
            Subscription stream = streams.get(answer.pod());
            if (stream != null) stream.answer(answer.sequence());
        } else if (action instanceof AssignerAction.Question question)
            store.ask(question::ask, event -> on(deciding, event), () -> on(deciding, question.lost()));
        else on(new CandidateMachine.Event.Resigned());
    }

    private void publish(Assignment assignment) {
        LOG.info("target {}: generation {}", cluster.target(), assignment.generation());
        service.publish(assignment);
    }

    private final class Pods implements Membership {
        @Override
        public void heard(Subscription from, Upstream.Heartbeat heartbeat) {
            if (machine == null) {
                from.end(NOT_IN_OFFICE);
                return;
            }
            streams.put(heartbeat.pod(), from);
            // Before the answer, which says how far the stream has come.
            from.flush(machine.assignment(), loop.nanos());
            on(machine, new AssignerEvent.Heartbeat(heartbeat));
        }

        @Override
        public void left(Subscription from, Upstream.Goodbye goodbye) {
            if (machine != null) on(machine, new AssignerEvent.Goodbye(goodbye.pod()));
        }

        @Override
        public void vanished(Subscription from) {
            streams.entrySet().stream()
                    .filter(entry -> entry.getValue() == from)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(pod -> {
                        streams.remove(pod);
                        if (machine != null) on(machine, new AssignerEvent.StreamBroke(pod));
                    });
        }
    }
}
