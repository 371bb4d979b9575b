package io.sluice.sharder.grpc;

import io.sluice.sharder.Resource;
import io.sluice.sharder.assigner.AssignerAction;
import io.sluice.sharder.assigner.AssignerEvent;
import io.sluice.sharder.assigner.AssignerMachine;
import io.sluice.sharder.assigner.Predecessors;
import io.sluice.sharder.page.ShardView;
import io.sluice.sharder.watch.Upstream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an {@link AssignerMachine} behind a gRPC server. There must be one assigner per target. When it dies, the pods
 * serve on until their leases end and no longer; a new one begins with a map of its own.
 */
public final class Assigner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Assigner.class);

    private final Cluster cluster;
    private final EventLoop loop;
    private final AssignerMachine machine;
    private final WatchService service;
    private final WatchServer server;
    private final Map<Resource, Subscription> streams = new HashMap<>();

    private Assigner(Cluster cluster, String listen, Predecessors predecessors, Time time) throws IOException {
        this.cluster = cluster;
        this.loop = new EventLoop(time, "assigner-" + cluster.target());
        this.machine = new AssignerMachine(cluster.terms(), System.currentTimeMillis(), predecessors, time.nanos());
        this.service = new WatchService(cluster.target(), loop, new Pods());
        this.server = WatchServer.start(cluster, listen, service);
        loop.execute(this::advance);
    }

    /**
     * Listens at once; see {@link #address}.
     *
     * @param listen {@code host:port} on the network, port 0 for any free one; any name within a process
     */
    public static Assigner start(Cluster cluster, String listen, Predecessors predecessors) throws IOException {
        return start(cluster, listen, predecessors, Time.system());
    }

    static Assigner start(Cluster cluster, String listen, Predecessors predecessors, Time time) throws IOException {
        return new Assigner(cluster, listen, predecessors, time);
    }

    /** Where slicelets and clerks find it. */
    public String address() {
        return server.address();
    }

    /** How things stand, for people. Waits for the assigner's own thread. */
    public ShardView view() {
        CompletableFuture<ShardView> view = new CompletableFuture<>();
        loop.execute(
                () -> view.complete(new ShardView(cluster.target(), machine.assignment(), machine.pods(loop.nanos()))));
        return view.join();
    }

    @Override
    public void close() {
        server.close();
        loop.close();
    }

    private void on(AssignerEvent event) {
        carryOut(machine.on(event, loop.nanos()));
    }

    private void advance() {
        carryOut(machine.advance(loop.nanos()));
    }

    private void carryOut(AssignerMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        loop.wakeAt(decision.wakeAtNanos(), this::advance);
    }

    private void carryOut(AssignerAction action) {
        if (action instanceof AssignerAction.Publish publish) {
            LOG.info(
                    "target {}: generation {}",
                    cluster.target(),
                    publish.assignment().generation());
            service.publish(publish.assignment());
        } else if (action instanceof AssignerAction.Answer answer) {
            Subscription stream = streams.get(answer.pod());
            if (stream != null) stream.answer(answer.sequence(), answer.leaseRenewed());
        } else if (action instanceof AssignerAction.Dismiss dismiss) {
            LOG.info("target {}: pod {} no longer takes part: {}", cluster.target(), dismiss.pod(), dismiss.reason());
            Subscription stream = streams.remove(dismiss.pod());
            if (stream != null) stream.dismiss(dismiss.reason());
        }
    }

    private final class Pods implements Membership {
        @Override
        public void heard(Subscription from, Upstream.Heartbeat heartbeat) {
            streams.put(heartbeat.pod(), from);
            // Before the answer, which says how far the stream has come.
            from.flush(machine.assignment(), loop.nanos());
            on(new AssignerEvent.Heartbeat(heartbeat.pod(), heartbeat.sequence(), heartbeat.known()));
        }

        @Override
        public void left(Subscription from, Upstream.Goodbye goodbye) {
            streams.put(goodbye.pod(), from);
            on(new AssignerEvent.Goodbye(goodbye.pod()));
        }

        @Override
        public void vanished(Subscription from) {
            streams.entrySet().stream()
                    .filter(entry -> entry.getValue() == from)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(pod -> {
                        streams.remove(pod);
                        on(new AssignerEvent.StreamBroke(pod));
                    });
        }
    }
}
